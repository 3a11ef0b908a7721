-- How many there are of what administrators see. Triggers keep it, in the transaction of the change.
CREATE TABLE `counters` (
	`name` text PRIMARY KEY NOT NULL,
	`count` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `counters` (`name`, `count`) VALUES
	('people', (SELECT count(*) FROM `users`)),
	('disabled', (SELECT count(*) FROM `users` WHERE `disabled_at` IS NOT NULL OR `google_disabled_at` IS NOT NULL)),
	('disabled_by_google', (SELECT count(*) FROM `users` WHERE `google_disabled_at` IS NOT NULL)),
	('sessions', (SELECT count(*) FROM `sessions` WHERE `ended_at` IS NULL));
--> statement-breakpoint
-- Fewer entries for each sign-in.
DROP INDEX `audit_events_by_actor`;
--> statement-breakpoint
DROP INDEX `audit_events_by_kind`;
--> statement-breakpoint
CREATE INDEX `audit_events_by_actor` ON `audit_events` (`actor_id`,`seq`) WHERE "audit_events"."actor_id" <> coalesce("audit_events"."subject_id", '');
--> statement-breakpoint
CREATE INDEX `audit_events_by_kind` ON `audit_events` (`kind`,`seq`) WHERE "audit_events"."kind" <> 'signed_in';
--> statement-breakpoint
-- What requests look up by a text stands in the index of its key alone: one search each instead of two.
DROP VIEW `people_search_texts`;
--> statement-breakpoint
CREATE TABLE `new_users` (
	`id` text PRIMARY KEY NOT NULL,
	`sub` text NOT NULL,
	`email` text NOT NULL,
	`email_verified` integer NOT NULL,
	`name` text NOT NULL,
	`picture` text,
	`hosted_domain` text,
	`created_at` integer NOT NULL,
	`signed_in_at` integer NOT NULL,
	`disabled_at` integer,
	`google_disabled_at` integer,
	`google_disabled_reason` text,
	`google_status_at` integer,
	`admin_since` integer
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `new_users` SELECT * FROM `users` ORDER BY `id`;
--> statement-breakpoint
DROP TABLE `users`;
--> statement-breakpoint
ALTER TABLE `new_users` RENAME TO `users`;
--> statement-breakpoint
CREATE UNIQUE INDEX `users_sub_unique` ON `users` (`sub`);
--> statement-breakpoint
CREATE INDEX `users_admins` ON `users` (`admin_since`) WHERE "users"."admin_since" > 0;
--> statement-breakpoint
CREATE INDEX `users_disabled` ON `users` (`disabled_at`,`google_disabled_at`) WHERE "users"."disabled_at" is not null or "users"."google_disabled_at" is not null;
--> statement-breakpoint
CREATE INDEX `users_by_name` ON `users` ("name" COLLATE NOCASE,`id`,`disabled_at`,`google_disabled_at`);
--> statement-breakpoint
CREATE INDEX `users_by_email` ON `users` ("email" COLLATE NOCASE,`id`,`disabled_at`,`google_disabled_at`);
--> statement-breakpoint
CREATE INDEX `users_by_created` ON `users` (`created_at`,`id`,`disabled_at`,`google_disabled_at`);
--> statement-breakpoint
CREATE INDEX `users_by_signed_in` ON `users` (`signed_in_at`,`id`,`disabled_at`,`google_disabled_at`);
--> statement-breakpoint
CREATE TABLE `new_sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`generation` integer NOT NULL,
	`renewed_at` integer NOT NULL,
	`offered_at` integer,
	`select_by` text DEFAULT '' NOT NULL,
	`ended_at` integer,
	`user_agent` text DEFAULT '' NOT NULL,
	`network` text DEFAULT '' NOT NULL,
	`token_issued_at` integer,
	`access_hash` text,
	`authenticated_at` integer,
	`amr` text,
	`binding_secret` text,
	`bound_key` text,
	`bound_at` integer,
	`challenged_at` integer,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `new_sessions` SELECT * FROM `sessions` ORDER BY `id`;
--> statement-breakpoint
DROP TABLE `sessions`;
--> statement-breakpoint
ALTER TABLE `new_sessions` RENAME TO `sessions`;
--> statement-breakpoint
CREATE INDEX `sessions_user_id` ON `sessions` (`user_id`);
--> statement-breakpoint
CREATE INDEX `sessions_ends_at` ON `sessions` (`ends_at`,`ended_at`);
--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_access_hash` ON `sessions` (`access_hash`) WHERE "sessions"."access_hash" is not null;
--> statement-breakpoint
CREATE TABLE `new_session_tokens` (
	`hash` text PRIMARY KEY NOT NULL,
	`session_id` text NOT NULL,
	`generation` integer NOT NULL,
	`issued_at` integer NOT NULL,
	`superseded_at` integer,
	FOREIGN KEY (`session_id`) REFERENCES `sessions`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `new_session_tokens` SELECT * FROM `session_tokens` ORDER BY `hash`;
--> statement-breakpoint
DROP TABLE `session_tokens`;
--> statement-breakpoint
ALTER TABLE `new_session_tokens` RENAME TO `session_tokens`;
--> statement-breakpoint
CREATE INDEX `session_tokens_session` ON `session_tokens` (`session_id`,`generation`);
--> statement-breakpoint
CREATE TABLE `new_bound_tokens` (
	`hash` text PRIMARY KEY NOT NULL,
	`session_id` text NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`session_id`) REFERENCES `sessions`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `new_bound_tokens` SELECT * FROM `bound_tokens` ORDER BY `hash`;
--> statement-breakpoint
DROP TABLE `bound_tokens`;
--> statement-breakpoint
ALTER TABLE `new_bound_tokens` RENAME TO `bound_tokens`;
--> statement-breakpoint
CREATE INDEX `bound_tokens_session` ON `bound_tokens` (`session_id`);
--> statement-breakpoint
CREATE INDEX `bound_tokens_expires_at` ON `bound_tokens` (`expires_at`);
--> statement-breakpoint
CREATE TABLE `new_used_nonces` (
	`hash` text PRIMARY KEY NOT NULL,
	`expires_at` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `new_used_nonces` SELECT * FROM `used_nonces` ORDER BY `hash`;
--> statement-breakpoint
DROP TABLE `used_nonces`;
--> statement-breakpoint
ALTER TABLE `new_used_nonces` RENAME TO `used_nonces`;
--> statement-breakpoint
CREATE INDEX `used_nonces_expires_at` ON `used_nonces` (`expires_at`);
--> statement-breakpoint
CREATE TABLE `new_audit_marks` (
	`name` text PRIMARY KEY NOT NULL,
	`seq` integer NOT NULL,
	`hash` text NOT NULL,
	`chained` text
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `new_audit_marks` SELECT * FROM `audit_marks` ORDER BY `name`;
--> statement-breakpoint
DROP TABLE `audit_marks`;
--> statement-breakpoint
ALTER TABLE `new_audit_marks` RENAME TO `audit_marks`;
--> statement-breakpoint
CREATE TABLE `new_daily_counts` (
	`day` text NOT NULL,
	`code` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`day`, `code`)
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `new_daily_counts` SELECT * FROM `daily_counts` ORDER BY `day`, `code`;
--> statement-breakpoint
DROP TABLE `daily_counts`;
--> statement-breakpoint
ALTER TABLE `new_daily_counts` RENAME TO `daily_counts`;
--> statement-breakpoint
-- The search for people, as it was: a table takes its triggers with it.
CREATE VIEW `people_search_texts` AS
SELECT `position`, `user_id`, `name`, `email`,
	iif(`disabled_at` IS NULL AND `google_disabled_at` IS NULL, 'active', 'disabled') || iif(`admin_since` IS NULL, '', ' admin') AS `status`
FROM `people_search_rows` JOIN `users` ON `users`.`id` = `user_id`;
--> statement-breakpoint
CREATE TRIGGER `people_search_insert` AFTER INSERT ON `users` BEGIN
	INSERT INTO `people_search_rows`(`user_id`) VALUES (new.`id`);
	INSERT INTO `people_parts`(rowid, name, email, status) SELECT `position`, `name`, `email`, `status` FROM `people_search_texts` WHERE `user_id` = new.`id`;
	INSERT INTO `people_words`(rowid, name, email, status) SELECT `position`, `name`, `email`, `status` FROM `people_search_texts` WHERE `user_id` = new.`id`;
END;
--> statement-breakpoint
-- FTS5 is told the old text to remove it, so that runs before the change.
CREATE TRIGGER `people_search_before_update` BEFORE UPDATE OF `name`, `email`, `disabled_at`, `google_disabled_at`, `admin_since` ON `users`
WHEN old.`name` IS NOT new.`name` OR old.`email` IS NOT new.`email`
	OR (old.`disabled_at` IS NULL AND old.`google_disabled_at` IS NULL) IS NOT (new.`disabled_at` IS NULL AND new.`google_disabled_at` IS NULL)
	OR (old.`admin_since` IS NULL) IS NOT (new.`admin_since` IS NULL)
BEGIN
	INSERT INTO `people_parts`(`people_parts`, rowid, name, email, status) SELECT 'delete', `position`, `name`, `email`, `status` FROM `people_search_texts` WHERE `user_id` = old.`id`;
	INSERT INTO `people_words`(`people_words`, rowid, name, email, status) SELECT 'delete', `position`, `name`, `email`, `status` FROM `people_search_texts` WHERE `user_id` = old.`id`;
END;
--> statement-breakpoint
CREATE TRIGGER `people_search_update` AFTER UPDATE OF `name`, `email`, `disabled_at`, `google_disabled_at`, `admin_since` ON `users`
WHEN old.`name` IS NOT new.`name` OR old.`email` IS NOT new.`email`
	OR (old.`disabled_at` IS NULL AND old.`google_disabled_at` IS NULL) IS NOT (new.`disabled_at` IS NULL AND new.`google_disabled_at` IS NULL)
	OR (old.`admin_since` IS NULL) IS NOT (new.`admin_since` IS NULL)
BEGIN
	INSERT INTO `people_parts`(rowid, name, email, status) SELECT `position`, `name`, `email`, `status` FROM `people_search_texts` WHERE `user_id` = new.`id`;
	INSERT INTO `people_words`(rowid, name, email, status) SELECT `position`, `name`, `email`, `status` FROM `people_search_texts` WHERE `user_id` = new.`id`;
END;
--> statement-breakpoint
CREATE TRIGGER `people_search_delete` BEFORE DELETE ON `users` BEGIN
	INSERT INTO `people_parts`(`people_parts`, rowid, name, email, status) SELECT 'delete', `position`, `name`, `email`, `status` FROM `people_search_texts` WHERE `user_id` = old.`id`;
	INSERT INTO `people_words`(`people_words`, rowid, name, email, status) SELECT 'delete', `position`, `name`, `email`, `status` FROM `people_search_texts` WHERE `user_id` = old.`id`;
	DELETE FROM `people_search_rows` WHERE `user_id` = old.`id`;
END;
--> statement-breakpoint
CREATE TRIGGER `counters_person_insert` AFTER INSERT ON `users` BEGIN
	UPDATE `counters` SET `count` = `count` + CASE `name`
		WHEN 'people' THEN 1
		WHEN 'disabled' THEN (new.`disabled_at` IS NOT NULL OR new.`google_disabled_at` IS NOT NULL)
		WHEN 'disabled_by_google' THEN new.`google_disabled_at` IS NOT NULL
	END WHERE `name` <> 'sessions';
END;
--> statement-breakpoint
CREATE TRIGGER `counters_person_delete` AFTER DELETE ON `users` BEGIN
	UPDATE `counters` SET `count` = `count` - CASE `name`
		WHEN 'people' THEN 1
		WHEN 'disabled' THEN (old.`disabled_at` IS NOT NULL OR old.`google_disabled_at` IS NOT NULL)
		WHEN 'disabled_by_google' THEN old.`google_disabled_at` IS NOT NULL
	END WHERE `name` <> 'sessions';
END;
--> statement-breakpoint
CREATE TRIGGER `counters_person_update` AFTER UPDATE OF `disabled_at`, `google_disabled_at` ON `users`
BEGIN
	UPDATE `counters` SET `count` = `count` + CASE `name`
		WHEN 'disabled' THEN (new.`disabled_at` IS NOT NULL OR new.`google_disabled_at` IS NOT NULL) - (old.`disabled_at` IS NOT NULL OR old.`google_disabled_at` IS NOT NULL)
		ELSE (new.`google_disabled_at` IS NOT NULL) - (old.`google_disabled_at` IS NOT NULL)
	END WHERE `name` IN ('disabled', 'disabled_by_google');
END;
--> statement-breakpoint
CREATE TRIGGER `counters_session_insert` AFTER INSERT ON `sessions` WHEN new.`ended_at` IS NULL BEGIN
	UPDATE `counters` SET `count` = `count` + 1 WHERE `name` = 'sessions';
END;
--> statement-breakpoint
CREATE TRIGGER `counters_session_delete` AFTER DELETE ON `sessions` WHEN old.`ended_at` IS NULL BEGIN
	UPDATE `counters` SET `count` = `count` - 1 WHERE `name` = 'sessions';
END;
--> statement-breakpoint
CREATE TRIGGER `counters_session_update` AFTER UPDATE OF `ended_at` ON `sessions`
WHEN (old.`ended_at` IS NULL) <> (new.`ended_at` IS NULL) BEGIN
	UPDATE `counters` SET `count` = `count` + (new.`ended_at` IS NULL) - (old.`ended_at` IS NULL) WHERE `name` = 'sessions';
END;
