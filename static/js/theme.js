// The theme's variables for what is drawn by script (charts, canvases), and word when they change.
export function themeColours() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(`--${name}`).trim();
  return {
    ink: read("ink"), ink2: read("ink-2"), ink3: read("ink-3"), paper: read("paper"), rule: read("rule"),
    accent: read("accent"), accentWash: read("accent-wash"), edge: read("edge"),
    good: read("good"), warn: read("warn"), bad: read("bad"),
    heat: ["low-3", "low-2", "low-1"].map((step) => read(`heat-${step}`))
      .concat(read("mute"), ["high-1", "high-2", "high-3"].map((step) => read(`heat-${step}`))),
    font: read("sans"),
  };
}

export function onThemeChange(act) {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", act);
  document.addEventListener("theme-changed", act);
}
