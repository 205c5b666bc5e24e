CREATE TABLE "service_report" (
	"id" text PRIMARY KEY NOT NULL,
	"service" text NOT NULL,
	"reported_at" timestamp (3) with time zone NOT NULL,
	"report" jsonb NOT NULL
);
