CREATE TABLE `deletion_marks` (
	`name` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `google_accounts` (
	`sub_hash` text PRIMARY KEY NOT NULL,
	`revoked_at` integer DEFAULT 0 NOT NULL,
	`status_at` integer DEFAULT 0 NOT NULL,
	`is_disabled` integer DEFAULT false NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `google_accounts_expires_at` ON `google_accounts` (`expires_at`);--> statement-breakpoint
ALTER TABLE `sessions` ADD `token_issued_at` integer;--> statement-breakpoint
ALTER TABLE `audit_marks` ADD `chained` text;