/** Asks a server again and again, from a thread of its own, so that nothing else here delays what it measures. */
export interface LightLoad {
  /** How long each request has waited since the last call, in milliseconds, sorted. */
  take(): Promise<Float64Array>;
  stop(): void;
}

/** What is asked, of whom, and how often: the next one as soon as `everyMs` is over and the last one is answered. */
export interface LightLoadOptions {
  port: number;
  request: Uint8Array;
  everyMs?: number;
}

/** What the thread is told. */
export type LightLoadMessage = Required<LightLoadOptions> | "take";

/** Begins to ask. */
export async function startLightLoad(options: LightLoadOptions): Promise<LightLoad> {
  const worker = new Worker(new URL("light_load_thread.ts", import.meta.url));
  const waiting: PromiseWithResolvers<Float64Array>[] = [];
  let fault: Error | null = null;
  worker.onmessage = ({ data }: MessageEvent<Float64Array>) => waiting.shift()?.resolve(data);
  worker.onerror = ({ message }) => {
    fault = new Error(message);
    for (const { reject } of waiting.splice(0)) reject(fault);
  };
  const tell = (message: LightLoadMessage) => {
    if (fault) throw fault;
    const answer = Promise.withResolvers<Float64Array>();
    waiting.push(answer);
    worker.postMessage(message);
    return answer.promise;
  };
  await tell({ everyMs: 4, ...options });
  return {
    take: () => tell("take"),
    stop: () => worker.terminate(),
  };
}

/** The value below which a part of the sorted times is. */
export function partOf(times: Float64Array, part: number): number {
  return times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0;
}
