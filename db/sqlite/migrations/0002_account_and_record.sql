CREATE TABLE `invitations` (
	`email` text PRIMARY KEY NOT NULL,
	`invited_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `audit_details` (
	`seq` integer PRIMARY KEY NOT NULL,
	`salt` text NOT NULL,
	`details` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `audit_events` (
	`seq` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`actor_id` text,
	`subject_id` text,
	`details_hash` text NOT NULL,
	`hash` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `audit_events_by_subject` ON `audit_events` (`subject_id`,`seq`);--> statement-breakpoint
CREATE INDEX `audit_events_by_actor` ON `audit_events` (`actor_id`,`seq`);--> statement-breakpoint
CREATE INDEX `audit_events_by_kind` ON `audit_events` (`kind`,`seq`);--> statement-breakpoint
CREATE INDEX `audit_events_by_time` ON `audit_events` (`at`);--> statement-breakpoint
CREATE TABLE `audit_marks` (
	`name` text PRIMARY KEY NOT NULL,
	`seq` integer NOT NULL,
	`hash` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `daily_counts` (
	`day` text NOT NULL,
	`code` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`day`, `code`)
);
--> statement-breakpoint
CREATE TABLE `recorded_once` (
	`hash` text PRIMARY KEY NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `recorded_once_expires_at` ON `recorded_once` (`expires_at`);--> statement-breakpoint
ALTER TABLE `sessions` ADD `ended_at` integer;--> statement-breakpoint
ALTER TABLE `sessions` ADD `user_agent` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `sessions` ADD `network` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `users` ADD `google_disabled_at` integer;--> statement-breakpoint
ALTER TABLE `users` ADD `google_disabled_reason` text;--> statement-breakpoint
ALTER TABLE `users` ADD `google_status_at` integer;--> statement-breakpoint
ALTER TABLE `users` ADD `admin_since` integer;--> statement-breakpoint
CREATE INDEX `users_by_name` ON `users` ("name" COLLATE NOCASE,`id`);--> statement-breakpoint
CREATE INDEX `users_by_email` ON `users` ("email" COLLATE NOCASE,`id`);--> statement-breakpoint
CREATE INDEX `users_by_created` ON `users` (`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `users_by_signed_in` ON `users` (`signed_in_at`,`id`);--> statement-breakpoint
CREATE INDEX `users_admins` ON `users` (`admin_since`);