// swift-tools-version: 6.2
import PackageDescription

// A service that embeds parts of Plinth, as one outside this repository would. There the dependency is
// `.package(url: "https://…/plinth.git", from: "…")` and `clone` is "plinth"; a package found by path is called after
// its folder, whatever that is.
let clone = Context.packageDirectory.split(separator: "/").dropLast(2).last.map { $0.lowercased() } ?? "plinth"

/// This package has a module `Core` of its own, so it calls Plinth's `PlinthCore`. Without one no alias is needed.
func plinth(_ product: String) -> Target.Dependency {
    .product(name: product, package: clone, moduleAliases: ["Core": "PlinthCore"])
}

let package = Package(
    name: "embedding-example",
    platforms: [.macOS(.v15)],
    dependencies: [.package(path: "../..")],
    targets: [
        .target(name: "Core"),
        .executableTarget(
            name: "Example",
            dependencies: [
                "Core", plinth("PlinthAuth"), plinth("PlinthCore"), plinth("PlinthMail"), plinth("PlinthPersistence"),
                plinth("PlinthPersistenceInMemory"),
            ]),
        .executableTarget(name: "Query", dependencies: [.product(name: "PlinthPostgresClient", package: clone)]),
    ]
)
