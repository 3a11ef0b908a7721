-- The search for people, without any extension: parts of three characters and the beginnings of words are keys of one index.
-- It has its own table, so that a sign-in, which changes a time in "users", leaves the index alone.
CREATE TABLE "people_search" (
	"user_id" text COLLATE "C" PRIMARY KEY REFERENCES "users"("id") ON DELETE CASCADE,
	-- A search takes 16,384 positions after the other, and stops when it has enough people: what everybody has costs little.
	"position" bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
	"text" text COLLATE "C" NOT NULL,
	"statuses" text[] NOT NULL
);
--> statement-breakpoint
-- PostgreSQL knows the letters of every language if it was built with ICU, as all packages are. Else the language of the database counts.
DO $migration$ BEGIN
	CREATE FUNCTION "foyer_lower"(value text) RETURNS text LANGUAGE sql IMMUTABLE STRICT
		RETURN lower(value COLLATE "und-x-icu");
	CREATE FUNCTION "foyer_words"(value text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT
		RETURN string_to_array(btrim(regexp_replace(value COLLATE "und-x-icu", '[^[:alnum:]]+', ' ', 'g')), ' ');
EXCEPTION WHEN undefined_object THEN
	CREATE FUNCTION "foyer_lower"(value text) RETURNS text LANGUAGE sql IMMUTABLE STRICT
		RETURN lower(value COLLATE "default");
	CREATE FUNCTION "foyer_words"(value text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT
		RETURN string_to_array(btrim(regexp_replace(value COLLATE "default", '[^[:alnum:]]+', ' ', 'g')), ' ');
END $migration$;
--> statement-breakpoint
-- Without case and accents. A capital sigma has two small letters.
CREATE FUNCTION "foyer_fold"(value text) RETURNS text LANGUAGE sql IMMUTABLE STRICT
	RETURN normalize(regexp_replace(normalize(replace("foyer_lower"(value), 'ς', 'σ'), NFD), '[\u0300-\u036f]', '', 'g'), NFC);
--> statement-breakpoint
-- The keys of a person. Each begins with a character for the block of positions; statuses are longer than the others.
CREATE FUNCTION "foyer_person_keys"(block bigint, value text, statuses text[]) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT COST 10000
	RETURN ARRAY(SELECT chr(48 + block::integer) || substr(value, position, 3) FROM generate_series(1, length(value) - 2) position)
		|| ARRAY(SELECT chr(48 + block::integer) || left(word, length) FROM unnest("foyer_words"(value)) word, generate_series(1, 2) length)
		|| ARRAY(SELECT chr(48 + block::integer) || status FROM unnest(statuses) status);
--> statement-breakpoint
-- The keys that those have in whom every part is found. A part of one or two characters begins a word.
CREATE FUNCTION "foyer_search_keys"(block bigint, parts text[], statuses text[]) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT
	RETURN ARRAY(SELECT chr(48 + block::integer) || substr(part, least(position, length(part) - 2), 3)
			FROM unnest(parts) part, generate_series(1, length(part), 3) position WHERE length(part) > 2)
		|| ARRAY(SELECT chr(48 + block::integer) || array_to_string("foyer_words"(part), '') FROM unnest(parts) part WHERE length(part) < 3)
		|| ARRAY(SELECT chr(48 + block::integer) || status FROM unnest(statuses) status);
--> statement-breakpoint
CREATE FUNCTION "foyer_statuses"(disabled_at bigint, google_disabled_at bigint, admin_since bigint) RETURNS text[] LANGUAGE sql IMMUTABLE
	RETURN ARRAY[CASE WHEN disabled_at IS NULL AND google_disabled_at IS NULL THEN 'active' ELSE 'disabled' END]
		|| CASE WHEN admin_since IS NULL THEN '{}'::text[] ELSE '{admin}' END;
--> statement-breakpoint
CREATE FUNCTION "foyer_index_person"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $function$ BEGIN
	INSERT INTO "people_search" ("user_id", "text", "statuses") VALUES (
		new."id",
		"foyer_fold"(new."name") || E'\n' || "foyer_fold"(new."email"),
		"foyer_statuses"(new."disabled_at", new."google_disabled_at", new."admin_since"))
	ON CONFLICT ("user_id") DO UPDATE SET "text" = excluded."text", "statuses" = excluded."statuses";
	RETURN NULL;
END $function$;
--> statement-breakpoint
CREATE TRIGGER "users_search_insert" AFTER INSERT ON "users" FOR EACH ROW EXECUTE FUNCTION "foyer_index_person"();
--> statement-breakpoint
CREATE TRIGGER "users_search_update" AFTER UPDATE ON "users" FOR EACH ROW
	WHEN ((old."name", old."email", old."disabled_at", old."google_disabled_at", old."admin_since")
		IS DISTINCT FROM (new."name", new."email", new."disabled_at", new."google_disabled_at", new."admin_since"))
	EXECUTE FUNCTION "foyer_index_person"();
--> statement-breakpoint
INSERT INTO "people_search" ("user_id", "text", "statuses")
SELECT "id", "foyer_fold"("name") || E'\n' || "foyer_fold"("email"), "foyer_statuses"("disabled_at", "google_disabled_at", "admin_since") FROM "users";
--> statement-breakpoint
-- New keys go into the index at once: a search would read those that wait for every block.
CREATE INDEX "people_search_keys" ON "people_search" USING gin ("foyer_person_keys"("position" / 16384, "text", "statuses")) WITH (fastupdate = off);
