// An account chooser that closes as soon as it is open.
close();

export {};
