// Closes the sign-in popup of FedCM. Does nothing in other windows.
const { IdentityProvider } = window as Window & { IdentityProvider?: { close(): void } };
IdentityProvider?.close();

export {};
