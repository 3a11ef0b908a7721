/**
 * Keeps our own link in front until Google's frame in `place` has drawn the button, so that there is always
 * something to click. Where no frame comes, the link stays.
 */
export function replaceOwnLink(place: HTMLElement, link: HTMLElement | null): void {
  const frame = place.querySelector("iframe");
  if (!frame || !link) return;
  place.dataset.waiting = "";
  link.hidden = false;
  const show = () => {
    delete place.dataset.waiting;
    link.hidden = true;
  };
  frame.addEventListener("load", show, { once: true });
}
