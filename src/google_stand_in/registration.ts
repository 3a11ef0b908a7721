import { isLoopbackUrl } from "./loopback.ts";

/** The clients that are registered at the stand-in, and the origins that may ask for tokens. */
export interface Registration {
  hasClient(clientId: string): boolean;
  allowsOrigin(origin: string): boolean;
}

/** What is registered. An empty list is the default: any client, and any origin on this machine. */
export interface RegistrationOptions {
  clientIds?: readonly string[];
  origins?: readonly string[];
}

/** Registers clients and origins. */
export function createRegistration({
  clientIds = [],
  origins = [],
}: RegistrationOptions): Registration {
  const isLocal = (origin: string) => isLoopbackUrl(origin) && URL.parse(origin)?.origin === origin;
  return {
    hasClient: (clientId) =>
      clientId !== "" && (clientIds.length === 0 || clientIds.includes(clientId)),
    allowsOrigin: (origin) => (origins.length === 0 ? isLocal(origin) : origins.includes(origin)),
  };
}
