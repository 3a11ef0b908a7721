import { dlopen, FFIType } from "bun:ffi";
import { existsSync, readdirSync, readFileSync } from "node:fs";

/** The unit of a process's time in `/proc`, in microseconds. */
const TICK_US = 10_000;

/** Behind the name, in parentheses: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
const PARENT = 1;
const OWN_TIMES = [11, 12];
const ENDED_CHILDRENS_TIMES = [13, 14];

/** The processor time that a process has taken, in microseconds; `NaN` where nobody tells. */
export function readCpuUs(pid: number): number {
  return readClock?.(pid) ?? sumUs(readFields(pid), OWN_TIMES);
}

const readClock = openClock();

/** The clock of a process, which is finer than ticks. https://man7.org/linux/man-pages/man3/clock_getcpuclockid.3.html */
function openClock(): ((pid: number) => number | null) | null {
  try {
    const { symbols } = dlopen("libc.so.6", {
      clock_gettime: { args: [FFIType.i32, FFIType.ptr], returns: FFIType.i32 },
    });
    return (pid) => {
      const time = new BigInt64Array(2);
      const clock = (~pid << 3) | 2;
      if (symbols.clock_gettime(clock, time) !== 0) return null;
      return Number(time[0]) * 1e6 + Number(time[1]) / 1e3;
    };
  } catch {
    // Another libc.
    return null;
  }
}

/** The same for a process and all that it has started, running or ended. */
export function readFamilyCpuUs(pid: number): number {
  const parent = readFields(pid);
  if (!parent) return Number.NaN;
  const children = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readFields(Number(name)))
    .filter((fields) => Number(fields?.[PARENT]) === pid);
  const own = sumUs(parent, [...OWN_TIMES, ...ENDED_CHILDRENS_TIMES]);
  return children.reduce((sum, fields) => sum + sumUs(fields, OWN_TIMES), own);
}

function readFields(pid: number): string[] | null {
  const path = `/proc/${pid}/stat`;
  if (!existsSync(path)) return null;
  try {
    return readFileSync(path, "utf8").split(") ").at(-1)?.split(" ") ?? null;
  } catch {
    // It has ended meanwhile.
    return null;
  }
}

function sumUs(fields: string[] | null, at: number[]): number {
  return TICK_US * at.reduce((sum, index) => sum + Number(fields?.[index]), 0);
}
