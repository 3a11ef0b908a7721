CREATE TABLE `ended_tokens` (
	`hash` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`reason` text NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `ended_tokens_expires_at` ON `ended_tokens` (`expires_at`);--> statement-breakpoint
CREATE INDEX `ended_tokens_user_id` ON `ended_tokens` (`user_id`);