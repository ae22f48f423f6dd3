const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** What a shell says of a process that ended by SIGINT. */
export const INTERRUPTED = 130;

/** Calls back at the first request to end; the second ends the process at once. The answer lets go of the signals. */
export const onInterrupt = (run: () => void): (() => void) => {
  let isAsked = false;
  const take = (): void => {
    if (isAsked) process.exit(INTERRUPTED);
    isAsked = true;
    run();
  };
  for (const signal of SIGNALS) process.on(signal, take);
  return () => {
    for (const signal of SIGNALS) process.off(signal, take);
  };
};
