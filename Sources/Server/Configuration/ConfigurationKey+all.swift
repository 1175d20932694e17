extension ConfigurationKey {
    /// Every setting there is, in the order of the documentation.
    static let all: [ConfigurationKey] = [
        environment, host, port, baseURL, dataDirectory, secretKey, databaseURL, databaseDirectURL, databaseReplicaURL,
        databasePoolSize, databasePooler, postgresPrograms, emailVerification, googleClientID, googleClientSecret,
        oidcIssuer, mailFrom, smtpURL, sendGridKey,
        sendGridBase, sendGridWebhookKey, trustedProxies, corsOrigins, webhookAllowPrivate, rateLimit,
        shutdownDelay, logLevel,
    ]

    static let environment = ConfigurationKey(
        "PLINTH_ENV", .choice(["development", "production"]), default: "development",
        "Production starts no stand-in silently and refuses unsafe settings.")
    static let host = ConfigurationKey(
        "PLINTH_HOST", .text, default: "127.0.0.1 in development, 0.0.0.0 in production", "Address to listen on.")
    static let port = ConfigurationKey(
        "PLINTH_PORT", .number(0...65_535), default: "8080", "Port to listen on; 0 takes a free one.")
    static let baseURL = ConfigurationKey(
        "PLINTH_BASE_URL", .text, default: "http://localhost:PORT in development",
        "Where people reach the server; links in mails are built from it. Production needs it, with https.")
    static let dataDirectory = ConfigurationKey(
        "PLINTH_DATA_DIR", .text, default: "./.plinth",
        "Where the private PostgreSQL and the development key are kept.")
    static let secretKey = ConfigurationKey(
        "PLINTH_SECRET_KEY", .list, default: "generated into the data directory in development", secret: true,
        "Master keys of 64 hexadecimal digits each; the first seals, all open. Make one with `openssl rand -hex 32`.")
    static let databaseURL = ConfigurationKey(
        "DATABASE_URL", .text, default: "a private PostgreSQL in the data directory in development", secret: true,
        """
        PostgreSQL as a libpq URI. In production a remote one is reached with sslmode=verify-full unless it says \
        otherwise; name the authority's certificate with sslrootcert.
        """)
    static let databaseDirectURL = ConfigurationKey(
        "DATABASE_DIRECT_URL", .text, default: "DATABASE_URL", secret: true,
        "PostgreSQL without a pooler between, for migrations and LISTEN.")
    static let databaseReplicaURL = ConfigurationKey(
        "DATABASE_REPLICA_URL", .text, default: "none", secret: true, "A replica for reads that tolerate lag.")
    static let databasePoolSize = ConfigurationKey(
        "DATABASE_POOL_SIZE", .number(1...500), default: "10", "Connections to PostgreSQL at most.")
    static let databasePooler = ConfigurationKey(
        "DATABASE_POOLER", .choice(["none", "transaction"]), default: "none",
        "`transaction` behind PgBouncer in transaction mode: no named statements.")
    static let postgresPrograms = ConfigurationKey(
        "PLINTH_POSTGRES_BIN", .text, default: "looked for in the PATH and the usual places",
        "Directory of the programs initdb, pg_ctl and postgres that the private PostgreSQL is run with.")
    static let emailVerification = ConfigurationKey(
        "PLINTH_EMAIL_VERIFICATION", .choice(["required", "off"]),
        default: "required in production, off in development",
        "Whether an address must be proven before sign-in. Production refuses `off`.")
    static let googleClientID = ConfigurationKey(
        "GOOGLE_CLIENT_ID", .text, default: "none: nobody signs in with Google",
        "Client of the sign-in with Google; its redirect URI is PLINTH_BASE_URL/api/v1/auth/oauth/google/callback.")
    static let googleClientSecret = ConfigurationKey(
        "GOOGLE_CLIENT_SECRET", .text, default: "none", secret: true, "Secret of that client.")
    static let oidcIssuer = ConfigurationKey(
        "OIDC_ISSUER", .text, default: "https://accounts.google.com",
        "Another provider of OpenID Connect in Google's place, exactly as it names itself.")
    static let mailFrom = ConfigurationKey(
        "MAIL_FROM", .text, default: "Plinth <no-reply@plinth.example> in development",
        "Who mails come from: `Example <no-reply@example.com>`. Needed where mails leave.")
    static let smtpURL = ConfigurationKey(
        "SMTP_URL", .text, default: "none: mails stay in the outbox, which production refuses", secret: true,
        """
        Mail server: `smtps://user:password@host` (TLS, port 465) or `smtp://user:password@host` (STARTTLS, port 587; \
        a loopback host may do without). `?sslrootcert=FILE` names the authority of its certificate. `outbox:` keeps \
        mails in the database on purpose.
        """)
    static let sendGridKey = ConfigurationKey(
        "SENDGRID_API_KEY", .text, default: "none", secret: true, "Sends mails through SendGrid instead of SMTP_URL.")
    static let sendGridBase = ConfigurationKey(
        "SENDGRID_API_BASE", .text, default: "https://api.sendgrid.com", "Where SendGrid's API is.")
    static let sendGridWebhookKey = ConfigurationKey(
        "SENDGRID_WEBHOOK_PUBLIC_KEY", .list, default: "none: its events are not taken",
        "Public keys of SendGrid's signed event webhook, whose address is PLINTH_BASE_URL/api/v1/webhooks/sendgrid.")
    static let trustedProxies = ConfigurationKey(
        "PLINTH_TRUSTED_PROXIES", .list, default: "none",
        "Networks (CIDR) whose Forwarded and X-Forwarded-For headers count, read from right to left.")
    static let corsOrigins = ConfigurationKey(
        "PLINTH_CORS_ORIGINS", .list, default: "none",
        "Origins of other sites whose pages may call the API with credentials.")
    static let webhookAllowPrivate = ConfigurationKey(
        "PLINTH_WEBHOOK_ALLOW_PRIVATE", .choice(["on", "off"]), default: "off",
        "Whether webhooks of teams may go to this machine and its networks, over http too. Production refuses `on`.")
    static let rateLimit = ConfigurationKey(
        "PLINTH_RATE_LIMIT_PER_MINUTE", .number(1...100_000_000), default: "600",
        "Requests a minute for one principal; an address without one has a fifth of it.")
    static let shutdownDelay = ConfigurationKey(
        "PLINTH_SHUTDOWN_DELAY", .number(0...15), default: "0 in development, 5 in production",
        "Seconds between not being ready and not accepting, for load balancers to notice.")
    static let logLevel = ConfigurationKey(
        "PLINTH_LOG_LEVEL", .choice(["trace", "debug", "info", "notice", "warning", "error", "critical"]),
        default: "info", "What is logged.")
}
