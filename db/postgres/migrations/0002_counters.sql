-- How many there are of what administrators see. A row that every sign-in changes would be in everybody's way, so triggers
-- append changes, and whoever chains the audit log adds them up.
CREATE TABLE "counters" (
	"name" text COLLATE "C" PRIMARY KEY NOT NULL,
	"count" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "counter_changes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "counter_changes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"name" text COLLATE "C" NOT NULL,
	"change" bigint NOT NULL
);
--> statement-breakpoint
-- A server of the version before may run: nothing may change between the count and the triggers.
LOCK TABLE "users", "sessions" IN SHARE ROW EXCLUSIVE MODE;
--> statement-breakpoint
INSERT INTO "counters" ("name", "count") VALUES
	('people', (SELECT count(*) FROM "users")),
	('disabled', (SELECT count(*) FROM "users" WHERE "disabled_at" IS NOT NULL OR "google_disabled_at" IS NOT NULL)),
	('disabled_by_google', (SELECT count(*) FROM "users" WHERE "google_disabled_at" IS NOT NULL)),
	('sessions', (SELECT count(*) FROM "sessions" WHERE "ended_at" IS NULL));
--> statement-breakpoint
CREATE FUNCTION "foyer_count"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $function$ BEGIN
	INSERT INTO "counter_changes" ("name", "change") VALUES (TG_ARGV[0], TG_ARGV[1]::bigint);
	RETURN NULL;
END $function$;
--> statement-breakpoint
CREATE TRIGGER "counters_people_more" AFTER INSERT ON "users" FOR EACH ROW
	EXECUTE FUNCTION "foyer_count"('people', '1');
--> statement-breakpoint
CREATE TRIGGER "counters_people_less" AFTER DELETE ON "users" FOR EACH ROW
	EXECUTE FUNCTION "foyer_count"('people', '-1');
--> statement-breakpoint
CREATE TRIGGER "counters_disabled_inserted" AFTER INSERT ON "users" FOR EACH ROW
	WHEN ((new."disabled_at" IS NOT NULL OR new."google_disabled_at" IS NOT NULL))
	EXECUTE FUNCTION "foyer_count"('disabled', '1');
--> statement-breakpoint
CREATE TRIGGER "counters_disabled_deleted" AFTER DELETE ON "users" FOR EACH ROW
	WHEN ((old."disabled_at" IS NOT NULL OR old."google_disabled_at" IS NOT NULL))
	EXECUTE FUNCTION "foyer_count"('disabled', '-1');
--> statement-breakpoint
CREATE TRIGGER "counters_disabled_more" AFTER UPDATE ON "users" FOR EACH ROW
	WHEN (NOT (old."disabled_at" IS NOT NULL OR old."google_disabled_at" IS NOT NULL) AND (new."disabled_at" IS NOT NULL OR new."google_disabled_at" IS NOT NULL))
	EXECUTE FUNCTION "foyer_count"('disabled', '1');
--> statement-breakpoint
CREATE TRIGGER "counters_disabled_less" AFTER UPDATE ON "users" FOR EACH ROW
	WHEN ((old."disabled_at" IS NOT NULL OR old."google_disabled_at" IS NOT NULL) AND NOT (new."disabled_at" IS NOT NULL OR new."google_disabled_at" IS NOT NULL))
	EXECUTE FUNCTION "foyer_count"('disabled', '-1');
--> statement-breakpoint
CREATE TRIGGER "counters_disabled_by_google_inserted" AFTER INSERT ON "users" FOR EACH ROW
	WHEN ((new."google_disabled_at" IS NOT NULL))
	EXECUTE FUNCTION "foyer_count"('disabled_by_google', '1');
--> statement-breakpoint
CREATE TRIGGER "counters_disabled_by_google_deleted" AFTER DELETE ON "users" FOR EACH ROW
	WHEN ((old."google_disabled_at" IS NOT NULL))
	EXECUTE FUNCTION "foyer_count"('disabled_by_google', '-1');
--> statement-breakpoint
CREATE TRIGGER "counters_disabled_by_google_more" AFTER UPDATE ON "users" FOR EACH ROW
	WHEN (NOT (old."google_disabled_at" IS NOT NULL) AND (new."google_disabled_at" IS NOT NULL))
	EXECUTE FUNCTION "foyer_count"('disabled_by_google', '1');
--> statement-breakpoint
CREATE TRIGGER "counters_disabled_by_google_less" AFTER UPDATE ON "users" FOR EACH ROW
	WHEN ((old."google_disabled_at" IS NOT NULL) AND NOT (new."google_disabled_at" IS NOT NULL))
	EXECUTE FUNCTION "foyer_count"('disabled_by_google', '-1');
--> statement-breakpoint
CREATE TRIGGER "counters_sessions_ended" AFTER UPDATE ON "sessions" FOR EACH ROW
	WHEN (old."ended_at" IS NULL AND new."ended_at" IS NOT NULL)
	EXECUTE FUNCTION "foyer_count"('sessions', '-1');
--> statement-breakpoint
CREATE TRIGGER "counters_sessions_revived" AFTER UPDATE ON "sessions" FOR EACH ROW
	WHEN (old."ended_at" IS NOT NULL AND new."ended_at" IS NULL)
	EXECUTE FUNCTION "foyer_count"('sessions', '1');
--> statement-breakpoint
-- Of many sessions at once, only their number.
CREATE FUNCTION "foyer_count_sessions"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $function$ BEGIN
	INSERT INTO "counter_changes" ("name", "change")
	SELECT 'sessions', TG_ARGV[0]::bigint * count(*) FROM "changed" WHERE "ended_at" IS NULL HAVING count(*) > 0;
	RETURN NULL;
END $function$;
--> statement-breakpoint
CREATE TRIGGER "counters_sessions_more" AFTER INSERT ON "sessions" REFERENCING NEW TABLE AS "changed" FOR EACH STATEMENT
	EXECUTE FUNCTION "foyer_count_sessions"('1');
--> statement-breakpoint
CREATE TRIGGER "counters_sessions_less" AFTER DELETE ON "sessions" REFERENCING OLD TABLE AS "changed" FOR EACH STATEMENT
	EXECUTE FUNCTION "foyer_count_sessions"('-1');
--> statement-breakpoint
-- Fewer entries for each sign-in.
DROP INDEX "audit_events_by_actor";
--> statement-breakpoint
DROP INDEX "audit_events_by_kind";
--> statement-breakpoint
DROP INDEX "users_admins";
--> statement-breakpoint
CREATE INDEX "audit_events_by_actor" ON "audit_events" USING btree ("actor_id","seq") WHERE "audit_events"."actor_id" <> coalesce("audit_events"."subject_id", '');
--> statement-breakpoint
CREATE INDEX "audit_events_by_kind" ON "audit_events" USING btree ("kind","seq") WHERE "audit_events"."kind" <> 'signed_in';
--> statement-breakpoint
CREATE INDEX "users_admins" ON "users" USING btree ("admin_since") WHERE "users"."admin_since" > 0;
--> statement-breakpoint
-- With the texts themselves, PostgreSQL skips people without looking at their rows.
DROP INDEX "users_by_name";
--> statement-breakpoint
DROP INDEX "users_by_email";
--> statement-breakpoint
CREATE INDEX "users_by_name" ON "users" USING btree (lower("name"),"id","disabled_at","google_disabled_at") INCLUDE ("name");
--> statement-breakpoint
CREATE INDEX "users_by_email" ON "users" USING btree (lower("email"),"id","disabled_at","google_disabled_at") INCLUDE ("email");
