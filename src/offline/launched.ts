interface LaunchQueue {
  setConsumer(consumer: (launch: { files?: readonly { getFile(): Promise<File> }[] }) => void): void;
}

/**
 * Files that the system opens with Sheaf, where the browser hands them over.
 * @param read gives a file's text, or throws with a sentence.
 * @param take told the files that could be read, and why the first of the others could not.
 */
export function takeLaunches(
  read: (file: File) => Promise<string>,
  take: (files: { name: string; text: string }[], problem: unknown) => void,
): void {
  const queue = (globalThis as { launchQueue?: LaunchQueue }).launchQueue;
  queue?.setConsumer(async ({ files = [] }) => {
    const reading = files.map(async (handle) => {
      const file = await handle.getFile();
      return { name: file.name, text: await read(file) };
    });
    const all = await Promise.allSettled(reading);
    const whole = all.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const failed = all.find((one) => one.status === 'rejected');
    if (all.length > 0) take(whole, failed?.reason);
  });
}
