/// Why the server or a command can't do its work: one sentence each, with the remedy.
enum StartError: Error, Equatable {
    case portTaken(host: String, port: Int)
    case portForbidden(port: Int)
    case hostUnusable(host: String, reason: String)
    /// The database was set up under another master key.
    case otherMasterKey(remembered: [String], given: [String], developmentKey: String?)
    case developmentKeyUnusable(path: String, reason: String)
    case pendingMigrations([String])
    /// The database is somebody else's and does not answer.
    case databaseUnreachable
    /// The server that owns the private PostgreSQL did not bring it up in time.
    case clusterNotReady(directory: String)
}

extension StartError: CustomStringConvertible {
    var description: String {
        switch self {
        case .portTaken(let host, let port):
            """
            Another program is listening on \(host) port \(port): stop it, or set PLINTH_PORT (--port) to another port; \
            0 takes a free one.
            """
        case .portForbidden(let port):
            """
            The system keeps port \(port) for privileged programs: set PLINTH_PORT (--port) to 1024 or more, or run \
            the server with the right to bind it.
            """
        case .hostUnusable(let host, let reason):
            "PLINTH_HOST is \(host), where this machine can't listen (\(reason)): set it to one of its addresses."
        case .otherMasterKey(let remembered, let given, let developmentKey):
            """
            This database was set up with another master key (\(remembered.joined(separator: ", ")), not \
            \(given.joined(separator: ", "))): \
            \(developmentKey.map { "restore \($0) or put the right key into PLINTH_SECRET_KEY" } ?? """
                add the key it was set up with to PLINTH_SECRET_KEY, after the new one if you are replacing it
                """), or use another database.
            """
        case .developmentKeyUnusable(let path, let reason):
            """
            The development key \(path) can't be used (\(reason)): correct that, restore it from a copy, or set \
            PLINTH_SECRET_KEY.
            """
        case .pendingMigrations(let ids):
            """
            This database needs \(ids.count == 1 ? "a migration" : "\(ids.count) migrations") \
            (\(ids.joined(separator: ", "))): run `Server migrate` first, or start with --migrate.
            """
        case .databaseUnreachable:
            """
            PostgreSQL at DATABASE_URL does not let us in (the warning above says why): see that it runs, and that \
            address, name, user and password are right.
            """
        case .clusterNotReady(let directory):
            """
            The server that uses \(directory) has not brought its PostgreSQL up: wait until it says that it is \
            running, then try again.
            """
        }
    }
}
