ALTER TABLE "api_key" ADD COLUMN "requests_per_minute" integer;--> statement-breakpoint
ALTER TABLE "api_key" ADD COLUMN "bytes_per_minute" bigint;--> statement-breakpoint
ALTER TABLE "api_key" ADD COLUMN "body_bytes_max" integer;