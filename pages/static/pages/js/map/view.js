// Which part of the world is in the frame: zooming and panning, bounded by the world.
// A view is {x, y, scale}: the world's point in the frame's upper left corner, and how many
// pixels a unit of the world has.

const MAX_SCALE = 3; // pixels a unit: about one a kilometre
const COUNTRY_SHARE = 0.5; // of the frame, when the view goes to a country
const MIN_UNITS = 280; // units: no closer to a small state than this part of the world
const DURATION = 350; // milliseconds
const LAND_SHARE = 0.53; // of the world's width, where Europe and Africa are
const LIFT = 20; // pixels that the whole world stands above the middle: the buttons are below
const still = matchMedia("(prefers-reduced-motion: reduce)");

export class View extends EventTarget {
  #drawn;
  #world;
  #frame = { width: 1, height: 1 };
  #now = { x: 0, y: 0, scale: 1 };
  #target = this.#now;
  #covered = { right: 0, bottom: 0 }; // pixels of the frame that something lies on
  #aside = null; // the views before and after it was moved for that
  #moving = 0;
  #before = null; // the view that a person had before the map went to a country by itself

  constructor(drawn, world) {
    super();
    this.#drawn = drawn;
    this.#world = world;
    this.#measure();
    this.#go(this.#whole(), false);
    new ResizeObserver(() => this.#resize()).observe(drawn.frame);
  }

  get scale() {
    return this.#now.scale;
  }

  // The part of the world that is in the frame.
  get bounds() {
    const { x, y, scale } = this.#now;
    const [left, top] = [Math.max(0, x), Math.max(0, y)];
    const right = Math.min(this.#world.width, x + this.#frame.width / scale);
    const bottom = Math.min(this.#world.height, y + this.#frame.height / scale);
    return { left, top, width: right - left, height: bottom - top };
  }

  get isWhole() {
    return this.#target.scale <= this.#wholeScale;
  }

  get isClosest() {
    return this.#target.scale >= MAX_SCALE;
  }

  // Where a point of the world is in the frame, in pixels.
  toFrame({ x, y }) {
    const { x: left, y: top, scale } = this.#now;
    return { x: (x - left) * scale, y: (y - top) * scale };
  }

  // The point of the world that is there in the frame.
  toWorld({ x, y }) {
    const { x: left, y: top, scale } = this.#now;
    return { x: left + x / scale, y: top + y / scale };
  }

  // Zooms so that the frame's point stays where it is.
  zoom(factor, point = this.#middle(), { smooth = true } = {}) {
    this.#before = null;
    const { x, y, scale } = smooth ? this.#target : this.#now;
    const next = this.#bounded(scale * factor);
    const shift = 1 / scale - 1 / next;
    this.#go({ x: x + point.x * shift, y: y + point.y * shift, scale: next }, smooth);
  }

  // Moves the world by so many pixels.
  pan(dx, dy, { smooth = false } = {}) {
    this.#before = null;
    const { x, y, scale } = smooth ? this.#target : this.#now;
    this.#go({ x: x - dx / scale, y: y - dy / scale, scale }, smooth);
  }

  showAll({ smooth = true } = {}) {
    this.#before = null;
    this.#measure();
    this.#go(this.#whole(), smooth);
  }

  // Zooms in as far as no sea is left above and below the world, on what was in view; of the whole
  // world on the middle of its land.
  fill() {
    const { left, top, width, height } = this.bounds;
    const x = this.isWhole ? LAND_SHARE * this.#world.width : left + width / 2;
    this.#measure();
    const scale = this.#bounded(Math.max(this.#now.scale, this.#frame.height / this.#world.height));
    this.#go(this.#around({ x, y: top + height / 2 }, scale), false);
  }

  // Something lies on so many pixels of the frame from now on: the point is brought out from under
  // it.
  cover({ right = 0, bottom = 0 }, point) {
    const before = this.#aside?.to === this.#target ? this.#aside.from : this.#target;
    this.#covered = { right, bottom };
    this.reveal(point);
    this.#aside = { from: before, to: this.#target };
  }

  // Nothing lies on it any more: it goes back, unless it has been moved since.
  uncover() {
    const { from, to } = this.#aside ?? {};
    this.#covered = { right: 0, bottom: 0 };
    this.#aside = null;
    this.#go(to === this.#target ? from : this.#target, true);
  }

  // Brings boxes of the world ([left, top, right, bottom]) into the frame, of which they take this
  // share.
  fitBounds(boxes, { share = COUNTRY_SHARE } = {}) {
    this.#before ??= this.#target;
    const [left, top] = [0, 1].map((i) => Math.min(...boxes.map((box) => box[i])));
    const [right, bottom] = [2, 3].map((i) => Math.max(...boxes.map((box) => box[i])));
    const { width, height } = this.#frame;
    const fit = (pixels, units) => (share * pixels) / Math.max(units, MIN_UNITS);
    const scale = this.#bounded(Math.min(fit(width, right - left), fit(height, bottom - top)));
    this.#go(this.#around({ x: (left + right) / 2, y: (top + bottom) / 2 }, scale), true);
  }

  // Goes back to where it was before it showed something, unless it has been moved since.
  restore() {
    if (this.#before) this.#go(this.#before, true);
    this.#before = null;
  }

  // Moves a point of the world into the frame when it is outside.
  reveal(point) {
    const { x, y } = this.toFrame(point);
    const { width, height } = this.#open;
    const margin = Math.min(width, height) / 8;
    const isInside = x > margin && y > margin && x < width - margin && y < height - margin;
    if (!isInside) this.#go(this.#around(point, this.#target.scale), true);
  }

  #around({ x, y }, scale) {
    const { width, height } = this.#open;
    return { x: x - width / scale / 2, y: y - height / scale / 2, scale };
  }

  // The part of the frame that nothing lies on.
  get #open() {
    const { right, bottom } = this.#covered;
    return { width: this.#frame.width - right, height: this.#frame.height - bottom };
  }

  #middle() {
    return { x: this.#frame.width / 2, y: this.#frame.height / 2 };
  }

  #whole() {
    const { width, height } = this.#world;
    return this.#around({ x: width / 2, y: height / 2 }, this.#wholeScale);
  }

  get #wholeScale() {
    const { width, height } = this.#world;
    return Math.min(this.#frame.width / width, this.#frame.height / height);
  }

  #bounded(scale) {
    const whole = this.#wholeScale;
    return Math.max(whole, Math.min(scale, Math.max(whole, MAX_SCALE)));
  }

  // No more sea shows beyond the world's edges than around the whole world: a point that is
  // zoomed to can then always stay where it is.
  #inside({ x, y, scale }) {
    const { width, height } = this.#frame;
    const wide = width - this.#world.width * this.#wholeScale;
    const high = height - this.#world.height * this.#wholeScale;
    const above = Math.max(0, high / 2 - LIFT);
    const inside = (at, world, frame, before, after) =>
      Math.max(-before / scale, Math.min(at, world - (frame - after) / scale));
    return {
      x: inside(x, this.#world.width, width, wide / 2, wide / 2 + this.#covered.right),
      y: inside(y, this.#world.height, height, above, high - above + this.#covered.bottom),
      scale,
    };
  }

  #measure() {
    const { width, height } = this.#drawn.frame.getBoundingClientRect();
    this.#frame = { width: Math.max(1, width), height: Math.max(1, height) };
  }

  #resize() {
    const wasWhole = this.isWhole;
    const { x, y } = this.#middle();
    const { x: left, y: top, scale } = this.#target;
    this.#measure();
    const centre = { x: left + x / scale, y: top + y / scale };
    this.#go(wasWhole ? this.#whole() : this.#around(centre, this.#bounded(scale)), false);
  }

  #go(view, smooth) {
    cancelAnimationFrame(this.#moving);
    this.#target = this.#inside(view);
    if (smooth && !still.matches) this.#move(this.#now, performance.now());
    else this.#set(this.#target);
  }

  #move(from, start) {
    this.#moving = requestAnimationFrame((time) => {
      const share = Math.min(1, Math.max(0, time - start) / DURATION);
      this.#set(interpolate(from, this.#target, 1 - (1 - share) ** 3));
      if (share < 1) this.#move(from, start);
    });
  }

  #set(view) {
    this.#now = view;
    this.#drawn.transform(view);
    this.dispatchEvent(new Event("change"));
  }
}

// On the way from one view to another, so that a point that both have in the same place of the
// frame stays there: the scale grows evenly in its logarithm, the corner with the scale's inverse.
function interpolate(from, to, share) {
  if (share === 1) return to;
  const scale = from.scale * (to.scale / from.scale) ** share;
  const way = 1 / to.scale - 1 / from.scale;
  const done = Math.abs(way) < 1e-9 ? share : (1 / scale - 1 / from.scale) / way;
  const at = (a, b) => a + (b - a) * done;
  return { x: at(from.x, to.x), y: at(from.y, to.y), scale };
}
