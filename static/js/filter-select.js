// A long <select data-filter="label of the box"> gets a box above it: what is typed narrows its options, in their order.
// Without scripts it is the select it was. While something is typed the select is a list, so that what is left can be seen;
// ArrowDown goes into it, Enter takes the first match, Escape clears the box. The chosen option always stays.
import { announce } from "./announce.js";

const FEW = 12; // so many can be looked over without a box
const SHOWN = 8;

function plain(text) {
  return text.toLowerCase().replace(/\s+/g, "");
}

function matches(option, typed) {
  return typed === "" || plain(option.textContent).includes(typed);
}

// The options and groups as the server wrote them: filtering takes them out and puts them back in this order.
function readGroups(select) {
  return [...select.querySelectorAll("optgroup")].map((group) => ({ group, options: [...group.children] }));
}

function show(select, groups, typed) {
  let found = 0;
  for (const { group, options } of groups) {
    const kept = options.filter((option) => matches(option, typed) || option.selected);
    found += options.filter((option) => matches(option, typed)).length;
    group.replaceChildren(...kept);
    group.hidden = kept.length === 0;
  }
  select.size = typed ? Math.min(SHOWN, Math.max(2, select.options.length + groups.length)) : 0;
  return found;
}

function firstMatch(groups, typed) {
  return groups.flatMap(({ options }) => options).find((option) => matches(option, typed));
}

function makeBox(select) {
  const label = document.createElement("label");
  const box = document.createElement("input");
  box.type = "search";
  box.id = `${select.id}-filter`;
  box.className = "input";
  box.autocomplete = "off";
  box.setAttribute("aria-controls", select.id);
  label.className = "visually-hidden";
  label.htmlFor = box.id;
  label.textContent = select.dataset.filter;
  box.placeholder = select.dataset.filter;
  select.before(label, box);
  return box;
}

function wire(select) {
  const groups = readGroups(select);
  if (groups.flatMap(({ options }) => options).length <= FEW) return;
  const box = makeBox(select);
  const narrow = () => {
    const typed = plain(box.value);
    const found = show(select, groups, typed);
    announce(typed ? `找到 ${found} 个` : "已显示全部");
  };
  const take = (option) => {
    const earlier = select.selectedOptions[0];
    box.value = "";
    show(select, groups, "");
    if (option) option.selected = true;
    if (option && option !== earlier) select.dispatchEvent(new Event("change", { bubbles: true }));
    select.focus();
    announce(option ? `已选 ${option.textContent}` : "没有符合的选项");
  };
  box.addEventListener("input", (event) => {
    if (!event.isComposing) narrow();
  });
  box.addEventListener("compositionend", narrow);
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter" && box.value) {
      const option = firstMatch(groups, plain(box.value));
      if (option) take(option);
      else announce("没有符合的选项");
    } else if (event.key === "ArrowDown") {
      select.focus();
    } else if (event.key === "Escape" && box.value) {
      box.value = "";
      narrow();
    } else if (event.key !== "Enter") {
      return;
    }
    event.preventDefault();
  });
  // In the list, Enter or a click on an option has chosen: the list closes to the select it was.
  select.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && select.size && select.value) {
      event.preventDefault();
      take(select.selectedOptions[0]);
    }
  });
  select.addEventListener("click", (event) => {
    if (select.size && event.target.tagName === "OPTION") take(event.target);
  });
}

document.querySelectorAll("select[data-filter]").forEach(wire);
