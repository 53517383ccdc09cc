/** Answers with what became of fetching an address: a worker is under the policy of its name. */
addEventListener('message', async (event: MessageEvent<string>) => {
  const answer = await fetch(event.data).then(
    (response) => `${response.status}`,
    (error) => String(error),
  );
  (globalThis as unknown as { postMessage(message: string): void }).postMessage(answer);
});

export {};
