// swift-tools-version: 6.2
import PackageDescription

/// Settings of every target of ours; dependencies keep their own.
let ours: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

func ours(
    _ name: String, _ dependencies: [Target.Dependency] = [], path: String? = nil, excluding files: [String] = []
) -> Target {
    .target(name: name, dependencies: dependencies, path: path, exclude: files, swiftSettings: ours)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], excluding files: [String] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, exclude: files, swiftSettings: ours)
}

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let asyncHTTPClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let configuration = Target.Dependency.product(name: "Configuration", package: "swift-configuration")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTesting = Target.Dependency.product(name: "HummingbirdTesting", package: "hummingbird")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
    name: "plinth",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "PlinthCore", targets: ["Core"]),
        .library(name: "PlinthFakes", targets: ["Fakes"]),
        .library(name: "PlinthPersistence", targets: ["Persistence"]),
        .library(name: "PlinthPersistenceInMemory", targets: ["PersistenceInMemory"]),
        .library(name: "PlinthPersistencePostgreSQL", targets: ["PersistencePostgreSQL"]),
        .library(name: "PlinthPostgresClient", targets: ["PostgresClient"]),
        .library(name: "PlinthAuth", targets: ["Auth"]),
        .library(name: "PlinthJobs", targets: ["Jobs"]),
        .library(name: "PlinthMail", targets: ["Mail"]),
        .library(name: "PlinthNotifications", targets: ["Notifications"]),
        .library(name: "PlinthFlags", targets: ["Flags"]),
        .library(name: "PlinthTeams", targets: ["Teams"]),
        .library(name: "PlinthBilling", targets: ["Billing"]),
        .library(name: "PlinthWebhooks", targets: ["Webhooks"]),
        .library(name: "PlinthQRCodes", targets: ["QRCodes"]),
        .library(name: "PlinthIntegrations", targets: ["Integrations"]),
        .library(name: "PlinthAPI", targets: ["API"]),
        .library(name: "PlinthHTTPServer", targets: ["HTTPServer"]),
        .executable(name: "Server", targets: ["Server"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-configuration.git", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-metrics.git", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.35.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache.git", from: "2.1.0"),
        .package(url: "https://github.com/jpsim/Yams.git", from: "6.2.0"),
        .package(url: "https://github.com/swift-server/async-http-client.git", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
    ],
    targets: [
        // The domain, and what stands in for time and randomness.
        ours("Core"),
        ours("Fakes", ["Core"]),

        // What is kept: the protocols, the fakes, PostgreSQL.
        ours("Persistence", ["Core"], path: "Sources/Persistence/Repositories"),
        ours("PersistenceInMemory", ["Core", "Persistence"], path: "Sources/Persistence/InMemory"),
        ours(
            "PersistencePostgreSQL", ["Core", "Persistence", "PostgresClient", crypto, logging],
            path: "Sources/Persistence/PostgreSQL"),
        ours(
            "PostgresClient", ["CLibPQ", lifecycle, logging, metrics], path: "Sources/Persistence/PostgresClient"),
        .systemLibrary(
            name: "CLibPQ", path: "Sources/Persistence/CLibPQ", pkgConfig: "libpq",
            providers: [.apt(["libpq-dev"]), .brew(["libpq"])]),

        // What is done.
        ours("Auth", ["Core", "Persistence", "CArgon2", crypto, cryptoExtras, logging]),
        .systemLibrary(
            name: "CArgon2", pkgConfig: "libargon2", providers: [.apt(["libargon2-dev"]), .brew(["argon2"])]),

        ours("Jobs", ["Core", "Persistence", lifecycle, logging, metrics]),
        ours("Mail", ["Core", "Jobs", "Persistence", logging, mustache], excluding: ["Templates"]),

        ours("Notifications", ["Core", "Persistence"]),
        ours("Flags", ["Core", "Persistence"]),
        ours("Webhooks", ["Core", "Jobs", "Persistence", crypto]),

        ours("Teams", ["Auth", "Core", "Persistence"]),

        ours("Billing", ["Core"]),

        ours("QRCodes", ["CQREncode"]),
        .systemLibrary(
            name: "CQREncode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"]), .brew(["qrencode"])]),

        // What is outside: an adapter for each, and what stands in for it.
        ours(
            "Integrations",
            [
                "Auth", "Billing", "Core", "CCurl", "CResolv", asyncHTTPClient, crypto, logging, nioCore, nioHTTP1,
                nioPosix,
                yams,
            ]),
        // Comes with the C library, or with macOS.
        .systemLibrary(name: "CResolv"),
        .systemLibrary(
            name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"]), .brew(["curl"])]),

        // How it is reached.
        ours("API", ["Core"]),
        ours(
            "HTTPServer",
            [
                "API", "Auth", "Core", "Flags", "Jobs", "Mail", "Notifications", "Persistence", "QRCodes", "Teams",
                "Webhooks", crypto,
                httpTypes, hummingbird,
                hummingbirdCore,
                lifecycle, logging, metrics, nioCore, nioHTTP1, nioHTTPTypes, nioPosix,
            ]),
        .executableTarget(
            name: "Server",
            dependencies: [
                "API", "Auth", "Core", "Flags", "HTTPServer", "Integrations", "Jobs", "Mail", "Notifications",
                "Persistence",
                "PersistencePostgreSQL", "PostgresClient", "Teams", "Webhooks", argumentParser, configuration,
                lifecycle,
                logging, nioCore, unixSignals,
            ],
            swiftSettings: ours),
        .executableTarget(
            name: "Benchmarks",
            dependencies: [
                "Auth", "CArgon2", "Core", "Jobs", "Persistence", "PersistencePostgreSQL", "PostgresClient",
                argumentParser, asyncHTTPClient, hummingbird, lifecycle, logging, nioCore, nioHTTP1,
            ],
            swiftSettings: ours),

        // Tests, each of one target; what several share is in Contracts and Support.
        .target(
            name: "PersistenceContracts", dependencies: ["Core", "Fakes", "Persistence"], path: "Tests/Contracts",
            swiftSettings: ours),
        .target(
            name: "DatabaseSupport", dependencies: ["Core", "PersistencePostgreSQL", "PostgresClient", logging],
            path: "Tests/Support/DatabaseSupport", swiftSettings: ours),
        .target(
            name: "ObjectStoreContracts", dependencies: ["Core", "Fakes"], path: "Tests/Support/ObjectStoreContracts",
            swiftSettings: ours),
        .target(name: "ProcessSupport", path: "Tests/Support/ProcessSupport", swiftSettings: ours),
        tests("CoreTests", ["Core", "Fakes"]),
        tests("FakesTests", ["Core", "Fakes", "ObjectStoreContracts", crypto]),
        tests(
            "PersistenceInMemoryTests", ["Core", "Fakes", "Persistence", "PersistenceContracts", "PersistenceInMemory"]),
        tests(
            "PersistencePostgreSQLTests",
            [
                "Core", "DatabaseSupport", "Fakes", "Persistence", "PersistenceContracts", "PersistencePostgreSQL",
                "PostgresClient", logging,
            ]),
        tests("PostgresClientTests", ["PostgresClient", "CLibPQ", logging]),
        tests(
            "AuthTests", ["Auth", "Core", "Fakes", "Persistence", "PersistenceInMemory", crypto, cryptoExtras]),
        tests(
            "MailTests", ["Auth", "Core", "Fakes", "Jobs", "Mail", "Persistence", "PersistenceInMemory", logging],
            excluding: ["Snapshots"]),
        tests(
            "IntegrationsTests",
            [
                "Auth", "Billing", "Core", "Fakes", "Integrations", "ObjectStoreContracts", "Persistence",
                "PersistenceInMemory", "ProcessSupport", "Webhooks", crypto,
            ],
            excluding: ["Peers"]),
        tests(
            "JobsTests",
            [
                "Core", "DatabaseSupport", "Fakes", "Jobs", "Persistence", "PersistenceInMemory",
                "PersistencePostgreSQL", "PostgresClient", lifecycle, logging,
            ]),
        tests("FlagsTests", ["Core", "Fakes", "Flags", "Persistence", "PersistenceInMemory"]),
        tests("TeamsTests", ["Auth", "Core", "Fakes", "Persistence", "PersistenceInMemory", "Teams"]),
        tests("BillingTests", ["Billing", "Core", "Fakes"]),
        tests("QRCodesTests", ["QRCodes"]),
        tests(
            "WebhooksTests",
            ["Core", "Fakes", "Jobs", "Persistence", "PersistenceInMemory", "Webhooks", lifecycle, logging]),
        tests("APITests", ["API", "Core", "Fakes"]),
        tests(
            "HTTPServerTests",
            [
                "API", "Auth", "Core", "Fakes", "Flags", "HTTPServer", "Jobs", "Mail", "Notifications", "Persistence",
                "PersistenceInMemory", "Teams", "Webhooks",
                crypto,
                httpTypes, hummingbird, hummingbirdCore, hummingbirdTesting, lifecycle, logging, nioCore, nioEmbedded,
                nioHTTP1,
                nioHTTPTypes, nioPosix,
            ]),
        tests(
            "ServerTests",
            [
                "Auth", "Core", "DatabaseSupport", "Fakes", "Flags", "HTTPServer", "Integrations", "Persistence",
                "PersistencePostgreSQL", "PostgresClient", "ProcessSupport", "Server", "Teams",
                logging,
            ]),
        tests("WorkspaceTests", []),
    ]
)
