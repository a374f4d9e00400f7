const svg = 'http://www.w3.org/2000/svg';
const xlink = 'http://www.w3.org/1999/xlink';
const drawn = new Set([svg, 'http://www.w3.org/1999/xhtml', 'http://www.w3.org/1998/Math/MathML']);
const described = new Set([...drawn, xlink, 'http://www.w3.org/2001/xml-events']);
const ofXml = new Set(['xml:space', 'xml:lang', 'xml:id']);

/** Where somebody has kept their files. */
const path = /^\s*(?:file:|[a-z]:[\\/]|\\\\|\/(?:Users|home|root|Volumes|mnt|media|private|tmp|var)\/)/i;

const split = (name: string): readonly [prefix: string, local: string] => {
  const at = name.indexOf(':');
  return at < 0 ? ['', name] : [name.slice(0, at), name.slice(at + 1)];
};

/**
 * Which names draw something. W3C, Namespaces in XML 1.0: a prefix means what the nearest element around says, and editors
 * choose prefixes as they like, so it is their namespaces that count, of which none is on the list.
 */
export class SvgNames {
  private readonly bound = new Map<string, string[]>();
  private isBare = false;

  /** What an element declares, until it ends. */
  bind(prefix: string, namespace: string): void {
    const meanings = this.bound.get(prefix) ?? [];
    meanings.push(namespace);
    this.bound.set(prefix, meanings);
  }

  release(prefix: string): void {
    this.bound.get(prefix)?.pop();
  }

  private namespaceOf(prefix: string): string | undefined {
    const namespace = this.bound.get(prefix)?.at(-1);
    return namespace ?? (prefix === '' ? '' : undefined);
  }

  /** Whether a document begins so; many programs draw one that says of no namespace. */
  isRoot(name: string): boolean {
    const [prefix, local] = split(name);
    const namespace = this.namespaceOf(prefix);
    this.isBare = namespace === '';
    return local === 'svg' && (namespace === svg || this.isBare);
  }

  isDrawn(name: string): boolean {
    const [prefix, local] = split(name);
    const namespace = this.namespaceOf(prefix) ?? 'undeclared';
    return (drawn.has(namespace) || (this.isBare && namespace === '')) && local !== 'metadata';
  }

  isKept(name: string, value: string): boolean {
    const [prefix] = split(name);
    if (name === 'xmlns' || prefix === 'xmlns') return value === '' || described.has(value);
    if (prefix === 'xml') return ofXml.has(name);
    const namespace = this.namespaceOf(prefix) ?? (prefix === 'xlink' ? xlink : '');
    return (prefix === '' || described.has(namespace)) && !path.test(value);
  }
}

/** Of an attribute that declares a namespace the prefix, which may be empty. */
export function declaredPrefix(name: string): string | undefined {
  if (name === 'xmlns') return '';
  return name.startsWith('xmlns:') ? name.slice('xmlns:'.length) : undefined;
}
