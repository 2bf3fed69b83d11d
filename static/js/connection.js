// A lost connection or a lost session is loud and loses nothing. Every htmx request passes here; fetch() users call
// reportFailure(status) and connectionIsBack() themselves.
const TEXTS = {
  0: "与服务器的连接已中断，内容尚未保存。已填写的内容保留在本页，请勿关闭；连接恢复后会自动重试。",
  401: "登录已失效，内容尚未保存。已填写的内容保留在本机，重新登录后可以恢复。",
  403: "没有权限进行此操作，内容未保存。如岗位有变动，请刷新页面后再试。",
  404: "要更新的内容已不存在，可能已被他人删除。请刷新页面后再试。",
  413: "上传的内容过大，未被接收。请按页面所示的大小限制重新选择文件。",
  429: "操作过于频繁，请稍候一分钟再试。已填写的内容保留在本页。",
  503: "系统正在维护，内容尚未保存。已填写的内容保留在本页，请稍后重试。",
};
const HANDLED_BY_PAGE = new Set([400, 409, 422]); // their body is a fragment that says what is wrong

function bar() {
  return document.getElementById("alarm");
}

function show(text, { href, label, retry } = {}) {
  const line = bar();
  if (!line) return;
  line.replaceChildren(document.createTextNode(text));
  if (href) {
    const link = document.createElement("a");
    link.href = href;
    link.textContent = label;
    line.append(link);
  }
  if (retry) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "立即重试";
    button.addEventListener("click", retry);
    line.append(button);
  }
  line.hidden = false;
}

export function connectionIsBack() {
  const line = bar();
  if (line && !line.hidden) line.hidden = true;
}

export function loginAddress() {
  const back = encodeURIComponent(location.pathname + location.search);
  return `${document.documentElement.dataset.login || "/account/login/"}?next=${back}`;
}

export function reportFailure(status, { retry } = {}) {
  document.dispatchEvent(new CustomEvent("connection-lost", { detail: { status } }));
  if (status === 401) {
    show(TEXTS[401], { href: loginAddress(), label: "重新登录" });
    return;
  }
  const text = TEXTS[status] || (status >= 500
    ? "系统出现错误，内容尚未保存。已填写的内容保留在本页，请稍后重试；多次出现请联系主办单位。"
    : "请求未被接受，内容未保存。请检查后重试。");
  show(text, { retry });
}

function csrfToken() {
  return document.querySelector('meta[name="csrf-token"]')?.content
    || document.querySelector('input[name="csrfmiddlewaretoken"]')?.value
    || "";
}

// Asks again with what stands in the fields now. A second failure arrives as an event like the first.
function repeat(event) {
  const { elt, target, requestConfig } = event.detail;
  window.htmx.ajax(requestConfig.verb.toUpperCase(), requestConfig.path, { source: elt, target }).catch(() => {});
}

function watchHtmx() {
  const body = document.body;
  body.addEventListener("htmx:configRequest", (event) => {
    const token = csrfToken();
    if (token) event.detail.headers["X-CSRFToken"] = token;
  });
  body.addEventListener("htmx:beforeSwap", (event) => {
    if (HANDLED_BY_PAGE.has(event.detail.xhr.status)) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });
  body.addEventListener("htmx:responseError", (event) => reportFailure(event.detail.xhr.status));
  body.addEventListener("htmx:sendError", (event) => reportFailure(0, { retry: () => repeat(event) }));
  body.addEventListener("htmx:timeout", (event) => reportFailure(0, { retry: () => repeat(event) }));
  body.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) connectionIsBack();
  });
}

export function watchConnection() {
  watchHtmx();
  window.addEventListener("offline", () => reportFailure(0));
  window.addEventListener("online", () => {
    connectionIsBack();
    document.dispatchEvent(new CustomEvent("connection-back"));
  });
}
