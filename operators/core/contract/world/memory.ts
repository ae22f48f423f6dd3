/** How many of the dead (ports, adapters, unanswered calls) are remembered; older ones are forgotten first. */
export const MEMORY = 4096;

/** Adds to a memory that forgets its oldest entry rather than grow. */
export const remember = <K, V>(memory: Map<K, V>, key: K, value: V, limit = MEMORY): void => {
  memory.delete(key);
  memory.set(key, value);
  if (memory.size <= limit) return;
  for (const oldest of memory.keys()) {
    memory.delete(oldest);
    return;
  }
};
