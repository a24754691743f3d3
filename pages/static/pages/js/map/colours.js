// The map's colours as they are just now, for a canvas, which knows no variables of CSS.

import { element } from "../shell/content.js";

// Gives the colour of a name: of `--map-sea` for "sea".
export function mapColours(section) {
  return (name) => {
    const probe = element("span", { hidden: true });
    probe.style.color = `var(--map-${name})`;
    section.append(probe);
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  };
}
