DROP INDEX `sessions_ends_at`;--> statement-breakpoint
CREATE INDEX `sessions_ends_at` ON `sessions` (`ends_at`,`ended_at`);--> statement-breakpoint
DROP INDEX `users_by_name`;--> statement-breakpoint
DROP INDEX `users_by_email`;--> statement-breakpoint
DROP INDEX `users_by_created`;--> statement-breakpoint
DROP INDEX `users_by_signed_in`;--> statement-breakpoint
CREATE INDEX `users_disabled` ON `users` (`disabled_at`,`google_disabled_at`) WHERE "users"."disabled_at" is not null or "users"."google_disabled_at" is not null;--> statement-breakpoint
CREATE INDEX `users_by_name` ON `users` ("name" COLLATE NOCASE,`id`,`disabled_at`,`google_disabled_at`);--> statement-breakpoint
CREATE INDEX `users_by_email` ON `users` ("email" COLLATE NOCASE,`id`,`disabled_at`,`google_disabled_at`);--> statement-breakpoint
CREATE INDEX `users_by_created` ON `users` (`created_at`,`id`,`disabled_at`,`google_disabled_at`);--> statement-breakpoint
CREATE INDEX `users_by_signed_in` ON `users` (`signed_in_at`,`id`,`disabled_at`,`google_disabled_at`);--> statement-breakpoint
ALTER TABLE `invitations` ADD `expires_at` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `audit_details_by_email` ON `audit_details` (("details" ->> 'email') COLLATE NOCASE);--> statement-breakpoint
-- Invitations from before have 30 days from now.
UPDATE `invitations` SET `expires_at` = (unixepoch() + 2592000) * 1000;--> statement-breakpoint
-- The search for people. It has row numbers of its own, because VACUUM may renumber the rows of `users`.
CREATE TABLE `people_search_rows` (
	`position` integer PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL UNIQUE
);
--> statement-breakpoint
CREATE VIEW `people_search_texts` AS
SELECT `position`, `user_id`, `name`, `email`,
	iif(`disabled_at` IS NULL AND `google_disabled_at` IS NULL, 'active', 'disabled') || iif(`admin_since` IS NULL, '', ' admin') AS `status`
FROM `people_search_rows` JOIN `users` ON `users`.`id` = `user_id`;
--> statement-breakpoint
-- Any part of a name or address, from three characters on.
CREATE VIRTUAL TABLE `people_parts` USING fts5(name, email, status, content='people_search_texts', content_rowid='position', columnsize=0, tokenize='trigram remove_diacritics 1');
--> statement-breakpoint
-- Beginnings of words, for one or two characters.
CREATE VIRTUAL TABLE `people_words` USING fts5(name, email, status, content='people_search_texts', content_rowid='position', columnsize=0, detail=column, prefix='1 2', tokenize='unicode61 remove_diacritics 2');
--> statement-breakpoint
-- Deleted text leaves the index at once, not with a later merge.
INSERT INTO `people_parts`(`people_parts`, rank) VALUES ('secure-delete', 1);--> statement-breakpoint
INSERT INTO `people_words`(`people_words`, rank) VALUES ('secure-delete', 1);--> statement-breakpoint
INSERT INTO `people_search_rows`(`user_id`) SELECT `id` FROM `users`;--> statement-breakpoint
INSERT INTO `people_parts`(`people_parts`) VALUES ('rebuild');--> statement-breakpoint
INSERT INTO `people_words`(`people_words`) VALUES ('rebuild');--> statement-breakpoint
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
