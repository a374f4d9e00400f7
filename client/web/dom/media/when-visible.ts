const waiting = new WeakMap<Element, () => void>();

/** A little before it is scrolled into view, so that it is there when it is seen. */
const observer = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      observer.unobserve(target);
      waiting.get(target)?.();
    }
  },
  { rootMargin: '300px' },
);

export function whenVisible(element: Element, run: () => void): void {
  waiting.set(element, run);
  observer.observe(element);
}
