const namespace = 'http://www.w3.org/2000/svg';

/** A line drawing of 24 by 24; what it means, its button says. */
export function icon(d: string, size = 18): SVGElement {
  const picture = document.createElementNS(namespace, 'svg');
  const path = document.createElementNS(namespace, 'path');
  path.setAttribute('d', d);
  picture.setAttribute('viewBox', '0 0 24 24');
  picture.setAttribute('width', String(size));
  picture.setAttribute('height', String(size));
  picture.setAttribute('class', 'icon');
  picture.setAttribute('aria-hidden', 'true');
  picture.append(path);
  return picture;
}

export const bin = 'M4 7h16M9.5 7V4.5h5V7M6 7l1 12.5h10L18 7M10 11v5M14 11v5';
export const pin = 'M9 4h6l-1 6 3 3v1H7v-1l3-3zM12 14v6';
export const muted = 'M5 17h14l-2-3V10a5 5 0 0 0-9-3M7 10v4l-2 3M10 20h4M4 4l16 16';
export const arrowBack = 'm9 7-5 5 5 5M4 12h10a6 6 0 0 1 6 6v1';
export const arrowOn = 'm15 7 5 5-5 5M20 12H10a6 6 0 0 0-6 6v1';
export const pencil = 'M4 20l1-4L16.5 4.5a2.1 2.1 0 0 1 3 3L8 19zM14.5 6.5l3 3';
export const flag = 'M6 21V4M6 4.5h11l-2.5 4 2.5 4H6';
export const smile =
  'M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 0 0 0-17M8.5 14.5c1.7 2.2 5.3 2.2 7 0M9 9.5v.5M15 9.5v.5';
