CREATE TABLE `customers` (
	`number` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`company` text NOT NULL,
	`city` text NOT NULL,
	`since` text NOT NULL
);
