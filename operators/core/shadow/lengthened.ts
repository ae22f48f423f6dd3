/**
 * A list with one more at its end, of just its length: to a copy by spreading V8 adds room for 16 more, and most lists of a connection
 * have one element, or two.
 */
export const lengthened = <A>(list: ReadonlyArray<A>, one: A): ReadonlyArray<A> => list.toSpliced(list.length, 0, one);
