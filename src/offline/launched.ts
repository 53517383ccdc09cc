interface LaunchQueue {
  setConsumer(consumer: (launch: { files?: readonly { getFile(): Promise<File> }[] }) => void): void;
}

/** Files that the system opens with Sheaf, where the browser hands them over. */
export function takeLaunches(take: (files: { name: string; text: string }[]) => void): void {
  const queue = (globalThis as { launchQueue?: LaunchQueue }).launchQueue;
  queue?.setConsumer(async ({ files = [] }) => {
    const read = files.map(async (handle) => {
      const file = await handle.getFile();
      return { name: file.name, text: await file.text() };
    });
    const whole = (await Promise.allSettled(read)).flatMap((one) =>
      one.status === 'fulfilled' ? [one.value] : [],
    );
    if (whole.length > 0) take(whole);
  });
}
