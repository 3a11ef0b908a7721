import { Html } from "@elysiajs/html";

/** A "G" of four colours: four arcs of a ring, and a bar. */
export function GoogleLogo() {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke-width="4.5" aria-hidden="true">
      <path stroke="#ea4335" d="M18.6 5.4A9.3 9.3 0 0 0 3.9 7.4" />
      <path stroke="#fbbc05" d="M3.9 7.4a9.3 9.3 0 0 0 0 9.2" />
      <path stroke="#34a853" d="M3.9 16.6a9.3 9.3 0 0 0 14.1 2.5" />
      <path stroke="#4285f4" d="M18 19.1A9.3 9.3 0 0 0 21.3 12.2H12" />
    </svg>
  );
}
