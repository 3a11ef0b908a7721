// The popup that FedCM opens for signing in ends itself; in any other window this does nothing.
const { IdentityProvider } = window as Window & { IdentityProvider?: { close(): void } };
IdentityProvider?.close();

export {};
