/** Runs one piece of work after the other until `next` says that nothing is left. Requests have their turn between them. */
export async function inBatches(next: () => Promise<boolean>): Promise<void> {
  while (await next()) await Bun.sleep(0);
}
