CREATE TABLE "customers" (
	"number" bigint PRIMARY KEY NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"company" text COLLATE "C" NOT NULL,
	"city" text COLLATE "C" NOT NULL,
	"since" text COLLATE "C" NOT NULL
);
