CREATE TABLE "price_override" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"project_id" uuid NOT NULL,
	"model" text NOT NULL,
	"provider" text,
	"input" double precision NOT NULL,
	"output" double precision NOT NULL,
	"cache_read" double precision,
	"cache_write" double precision,
	"reasoning" double precision,
	"in_force_from" timestamp (3) with time zone NOT NULL,
	"set_by" text NOT NULL,
	"set_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "price_override_not_negative" CHECK ("price_override"."input" >= 0 and "price_override"."output" >= 0)
);
--> statement-breakpoint
ALTER TABLE "price_override" ADD CONSTRAINT "price_override_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "price_override_project" ON "price_override" USING btree ("project_id","in_force_from" DESC NULLS LAST);