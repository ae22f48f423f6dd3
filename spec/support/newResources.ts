/** What keeps the process alive that did not before, but for the files a loader may be reading. */
export const newResources = (before: ReadonlyArray<string>): ReadonlyArray<string> => {
  const gone = [...before];
  return process.getActiveResourcesInfo().filter((resource) => {
    const at = gone.indexOf(resource);
    if (at >= 0) gone.splice(at, 1);
    return at < 0 && resource !== 'FSReqCallback';
  });
};
