/** Somebody's place in a chain. */
export interface Link<T> {
  readonly item: T;
  before: Link<T> | undefined;
  behind: Link<T> | undefined;
}

/**
 * Those that are there, in the order they came. It is no `Set` because thousands come and go: each table that a set of V8's outgrows
 * points to the next one and still to all that was in it, so that a single one among the old objects keeps alive whatever came
 * later, until all of them are looked through. A link that was removed points to nobody.
 */
export class Chain<T> implements Iterable<T> {
  #first: Link<T> | undefined;
  #last: Link<T> | undefined;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get first(): T | undefined {
    return this.#first?.item;
  }

  add(item: T): Link<T> {
    const before = this.#last;
    const link: Link<T> = { item, before, behind: undefined };
    if (before === undefined) this.#first = link;
    else before.behind = link;
    this.#last = link;
    this.#size += 1;
    return link;
  }

  /** The link must be one of this chain, and be removed once. */
  remove(link: Link<T>): void {
    const { before, behind } = link;
    if (before === undefined) this.#first = behind;
    else before.behind = behind;
    if (behind === undefined) this.#last = before;
    else behind.before = before;
    link.before = undefined;
    link.behind = undefined;
    this.#size -= 1;
  }

  /** As it is now: whoever comes or goes meanwhile changes nothing. */
  [Symbol.iterator](): Iterator<T> {
    const items: T[] = [];
    for (let link = this.#first; link !== undefined; link = link.behind) items.push(link.item);
    return items.values();
  }
}
