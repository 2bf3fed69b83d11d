// Files go up in pieces, several at once, each with its progress; an interrupted one goes on where it stopped. The preview
// opens in place. Without this script the same forms send their files whole.
import { announce } from "./announce.js";
import { reportFailure } from "./connection.js";
import { csrfToken } from "./form-token.js";

const TRIES = 6;

function line(list, file) {
  const item = document.createElement("li");
  const name = document.createElement("span");
  name.textContent = file.name;
  const bar = document.createElement("progress");
  bar.max = file.size || 1;
  bar.value = 0;
  bar.setAttribute("aria-label", `上传 ${file.name}`);
  const words = document.createElement("span");
  words.className = "quiet";
  item.append(name, bar, words);
  list.append(item);
  return {
    progress(done) {
      bar.value = done;
      words.textContent = `${Math.floor((done / (file.size || 1)) * 100)}%`;
    },
    waiting(text) { words.textContent = text; },
    wrong(text) {
      bar.remove();
      words.className = "upload__wrong";
      words.textContent = text;
    },
    done(found) {
      bar.remove();
      words.className = "upload__done";
      words.textContent = `已上传${found.pages ? `，${found.pages} 页` : ""}`;
    },
  };
}

async function ask(form, url, options) {
  const headers = { Accept: "application/json", "X-CSRFToken": csrfToken(form), ...options.headers };
  const response = await fetch(url, { method: "POST", ...options, headers });
  const body = await response.json().catch(() => ({}));
  return { status: response.status, body };
}

const pause = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));

// Send piece after piece; a lost one is sent again from where the server says it stands.
async function pieces(form, base, file, begun, show) {
  let { received } = begun;
  for (let tried = 0; received < file.size;) {
    const part = file.slice(received, received + begun.piece);
    const options = { body: part, headers: { "X-Offset": String(received), "Content-Type": "application/octet-stream" } };
    const answer = await ask(form, `${base}${begun.token}/`, options).catch(() => ({ status: 0, body: {} }));
    if (answer.status === 200 || answer.status === 409) {
      tried = 0;
      received = answer.body.received;
      show.progress(received);
    } else if ([0, 502, 503, 504].includes(answer.status) && tried < TRIES) {
      tried += 1;
      show.waiting(`连接中断，${2 ** tried} 秒后继续`);
      await pause(2 ** tried);
    } else {
      throw Object.assign(new Error("upload"), answer);
    }
  }
}

async function upload(form, file, show) {
  const base = form.dataset.upload;
  try {
    const begun = await ask(form, base, { body: JSON.stringify({ name: file.name, size: file.size }) });
    if (begun.status !== 200) throw Object.assign(new Error("upload"), begun);
    show.progress(begun.body.received);
    await pieces(form, base, file, begun.body, show);
    show.waiting("正在检查…");
    const replaces = form.elements.replaces?.value || "";
    const finished = await ask(form, `${base}${begun.body.token}/finish/`, { headers: { "X-Replaces": replaces } });
    if (finished.status !== 200) throw Object.assign(new Error("upload"), finished);
    show.done(finished.body);
    return true;
  } catch (trouble) {
    if (trouble.body?.problems) show.wrong(trouble.body.problems.join(""));
    else {
      show.wrong("未能上传，重新选择同一文件会从中断处继续");
      reportFailure(trouble.status || 0);
    }
    return false;
  }
}

async function send(form, files) {
  const list = form.querySelector(".upload__list");
  const shows = files.map((file) => line(list, file));
  const results = await Promise.all(files.map((file, at) => upload(form, file, shows[at])));
  announce(`${results.filter(Boolean).length} 个文件已上传`);
  if (results.every(Boolean)) {
    location.hash = form.closest("[data-slot]").id;
    location.reload();
  } else if (results.some(Boolean)) {
    const again = document.createElement("li");
    const link = document.createElement("a");
    link.href = location.href;
    link.textContent = "刷新列表，查看已上传的文件";
    again.append(link);
    list.append(again);
  }
}

function wire(form) {
  const input = form.querySelector("input[type=file]");
  const drop = form.querySelector(".drop");
  form.classList.add("is-live");
  input.addEventListener("change", () => {
    send(form, [...input.files]);
    input.value = "";
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  if (!drop) return;
  ["dragover", "dragenter"].forEach((name) => drop.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.add("is-over");
  }));
  ["dragleave", "drop"].forEach((name) => drop.addEventListener(name, () => drop.classList.remove("is-over")));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    const files = [...event.dataTransfer.files];
    send(form, input.multiple ? files : files.slice(0, 1));
  });
}

function preview(link) {
  const item = link.closest("li");
  const open = item.querySelector(".preview");
  if (open) {
    open.remove();
    return;
  }
  const picture = /\.(png|jpe?g)$/i.test(link.textContent);
  const frame = document.createElement(picture ? "img" : "iframe");
  frame.src = link.dataset.preview;
  frame.className = "preview";
  if (picture) frame.alt = link.textContent;
  else frame.title = link.textContent;
  item.append(frame);
}

document.querySelectorAll("form[data-upload]").forEach(wire);
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-preview]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  preview(link);
});
