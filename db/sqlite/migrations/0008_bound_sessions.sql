CREATE TABLE `bound_tokens` (
	`hash` text PRIMARY KEY NOT NULL,
	`session_id` text NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`session_id`) REFERENCES `sessions`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `bound_tokens_session` ON `bound_tokens` (`session_id`);--> statement-breakpoint
CREATE INDEX `bound_tokens_expires_at` ON `bound_tokens` (`expires_at`);--> statement-breakpoint
ALTER TABLE `sessions` ADD `authenticated_at` integer;--> statement-breakpoint
ALTER TABLE `sessions` ADD `amr` text;--> statement-breakpoint
ALTER TABLE `sessions` ADD `binding_secret` text;--> statement-breakpoint
ALTER TABLE `sessions` ADD `bound_key` text;--> statement-breakpoint
ALTER TABLE `sessions` ADD `bound_at` integer;--> statement-breakpoint
ALTER TABLE `sessions` ADD `challenged_at` integer;