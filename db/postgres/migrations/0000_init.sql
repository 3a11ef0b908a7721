CREATE TABLE "audit_details" (
	"seq" bigint PRIMARY KEY NOT NULL,
	"salt" text COLLATE "C" NOT NULL,
	"details" text COLLATE "C" NOT NULL,
	"email" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "audit_events" (
	"seq" bigint PRIMARY KEY NOT NULL,
	"at" bigint NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"actor_id" text COLLATE "C",
	"subject_id" text COLLATE "C",
	"details_hash" text COLLATE "C" NOT NULL,
	"hash" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_marks" (
	"name" text COLLATE "C" PRIMARY KEY NOT NULL,
	"seq" bigint NOT NULL,
	"hash" text COLLATE "C" NOT NULL,
	"chained" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "audit_pending" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_pending_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" bigint NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"actor_id" text COLLATE "C",
	"subject_id" text COLLATE "C",
	"details_hash" text COLLATE "C" NOT NULL,
	"salt" text COLLATE "C" NOT NULL,
	"details" text COLLATE "C" NOT NULL,
	"email" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "bound_tokens" (
	"hash" text COLLATE "C" PRIMARY KEY NOT NULL,
	"session_id" text COLLATE "C" NOT NULL,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "daily_counts" (
	"day" text COLLATE "C" NOT NULL,
	"code" text COLLATE "C" NOT NULL,
	"count" bigint NOT NULL,
	CONSTRAINT "daily_counts_day_code_pk" PRIMARY KEY("day","code")
);
--> statement-breakpoint
CREATE TABLE "deletion_marks" (
	"name" text COLLATE "C" PRIMARY KEY NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ended_tokens" (
	"hash" text COLLATE "C" PRIMARY KEY NOT NULL,
	"user_id" text COLLATE "C" NOT NULL,
	"reason" text COLLATE "C" NOT NULL,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "file_marks" (
	"name" text COLLATE "C" PRIMARY KEY NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "google_accounts" (
	"sub_hash" text COLLATE "C" PRIMARY KEY NOT NULL,
	"revoked_at" bigint DEFAULT 0 NOT NULL,
	"status_at" bigint DEFAULT 0 NOT NULL,
	"is_disabled" boolean DEFAULT false NOT NULL,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"email" text COLLATE "C" PRIMARY KEY NOT NULL,
	"invited_at" bigint NOT NULL,
	"expires_at" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "recorded_once" (
	"hash" text COLLATE "C" PRIMARY KEY NOT NULL,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "session_tokens" (
	"hash" text COLLATE "C" PRIMARY KEY NOT NULL,
	"session_id" text COLLATE "C" NOT NULL,
	"generation" bigint NOT NULL,
	"issued_at" bigint NOT NULL,
	"superseded_at" bigint
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"user_id" text COLLATE "C" NOT NULL,
	"select_by" text COLLATE "C" DEFAULT '' NOT NULL,
	"created_at" bigint NOT NULL,
	"token_issued_at" bigint,
	"last_seen_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"ends_at" bigint NOT NULL,
	"generation" bigint NOT NULL,
	"renewed_at" bigint NOT NULL,
	"offered_at" bigint,
	"ended_at" bigint,
	"user_agent" text COLLATE "C" DEFAULT '' NOT NULL,
	"network" text COLLATE "C" DEFAULT '' NOT NULL,
	"access_hash" text COLLATE "C",
	"authenticated_at" bigint,
	"amr" text COLLATE "C",
	"binding_secret" text COLLATE "C",
	"bound_key" text COLLATE "C",
	"bound_at" bigint,
	"challenged_at" bigint
);
--> statement-breakpoint
CREATE TABLE "used_nonces" (
	"hash" text COLLATE "C" PRIMARY KEY NOT NULL,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"sub" text COLLATE "C" NOT NULL,
	"email" text COLLATE "C" NOT NULL,
	"email_verified" boolean NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"picture" text COLLATE "C",
	"hosted_domain" text COLLATE "C",
	"created_at" bigint NOT NULL,
	"signed_in_at" bigint NOT NULL,
	"disabled_at" bigint,
	"google_disabled_at" bigint,
	"google_disabled_reason" text COLLATE "C",
	"google_status_at" bigint,
	"admin_since" bigint,
	CONSTRAINT "users_sub_unique" UNIQUE("sub")
);
--> statement-breakpoint
ALTER TABLE "bound_tokens" ADD CONSTRAINT "bound_tokens_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ended_tokens" ADD CONSTRAINT "ended_tokens_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_tokens" ADD CONSTRAINT "session_tokens_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_details_by_email" ON "audit_details" USING btree (lower("email"));--> statement-breakpoint
CREATE INDEX "audit_events_by_subject" ON "audit_events" USING btree ("subject_id","seq");--> statement-breakpoint
CREATE INDEX "audit_events_by_actor" ON "audit_events" USING btree ("actor_id","seq");--> statement-breakpoint
CREATE INDEX "audit_events_by_kind" ON "audit_events" USING btree ("kind","seq");--> statement-breakpoint
CREATE INDEX "audit_events_by_time" ON "audit_events" USING btree ("at");--> statement-breakpoint
CREATE INDEX "bound_tokens_session" ON "bound_tokens" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX "bound_tokens_expires_at" ON "bound_tokens" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "ended_tokens_expires_at" ON "ended_tokens" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "ended_tokens_user_id" ON "ended_tokens" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "google_accounts_expires_at" ON "google_accounts" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "recorded_once_expires_at" ON "recorded_once" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "session_tokens_session" ON "session_tokens" USING btree ("session_id","generation");--> statement-breakpoint
CREATE INDEX "sessions_user_id" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "sessions_access_hash" ON "sessions" USING btree ("access_hash") WHERE "sessions"."access_hash" is not null;--> statement-breakpoint
CREATE INDEX "sessions_ends_at" ON "sessions" USING btree ("ends_at","ended_at");--> statement-breakpoint
CREATE INDEX "used_nonces_expires_at" ON "used_nonces" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "users_by_name" ON "users" USING btree (lower("name"),"id","disabled_at","google_disabled_at");--> statement-breakpoint
CREATE INDEX "users_by_email" ON "users" USING btree (lower("email"),"id","disabled_at","google_disabled_at");--> statement-breakpoint
CREATE INDEX "users_by_created" ON "users" USING btree ("created_at","id","disabled_at","google_disabled_at");--> statement-breakpoint
CREATE INDEX "users_by_signed_in" ON "users" USING btree ("signed_in_at","id","disabled_at","google_disabled_at");--> statement-breakpoint
CREATE INDEX "users_admins" ON "users" USING btree ("admin_since");--> statement-breakpoint
CREATE INDEX "users_disabled" ON "users" USING btree ("disabled_at","google_disabled_at") WHERE "users"."disabled_at" is not null or "users"."google_disabled_at" is not null;--> statement-breakpoint
INSERT INTO "audit_marks" ("name", "seq", "hash") VALUES ('head', 0, '');