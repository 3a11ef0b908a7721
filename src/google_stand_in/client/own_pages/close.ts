// The account chooser that closes at once.
close();

export {};
