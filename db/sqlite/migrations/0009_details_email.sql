DROP INDEX `audit_details_by_email`;--> statement-breakpoint
ALTER TABLE `audit_details` ADD `email` text;--> statement-breakpoint
UPDATE `audit_details` SET `email` = `details` ->> 'email';--> statement-breakpoint
CREATE INDEX `audit_details_by_email` ON `audit_details` ("email" COLLATE NOCASE);