ALTER TABLE `sessions` ADD `access_hash` text;--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_access_hash` ON `sessions` (`access_hash`) WHERE "sessions"."access_hash" is not null;