public import Core
public import Persistence

/// Archives of everything that is held about a person, made by a job and kept in an object store for a while.
public struct Exports: Sendable {
    /// Exports that a person may have at a time.
    public static let most = 5
    /// What an archive may measure, in bytes.
    static let largest: Int64 = 1 << 30
    static let mediaType = MediaType("application/x-tar")
    private static let folder = "exports"
    private static let versionBytes = 16

    let accounts: Accounts
    private let objects: any ObjectStore

    public init(accounts: Accounts, objects: any ObjectStore) {
        self.accounts = accounts
        self.objects = objects
    }

    /// Asks for an archive, which a job makes. While one is being made it is answered with that one.
    /// - Throws: ``AuthError/tooManyExports``, ``AuthError/sessionRevoked``; as ``Principal/requireHolder()``.
    public func request(
        of principal: Principal, origin: RequestOrigin, receipt: Receipt<DataExport>? = nil
    ) async throws -> DataExport {
        let (session, user, now) = (try principal.requireHolder(), principal.user.id, accounts.time.now())
        let randomness = accounts.randomness
        let export = DataExport(id: .make(at: now, randomness: randomness), userID: user, createdAt: now)
        let work = try Job(DataExportWork(export), id: .make(at: now, randomness: randomness), at: now)
        let requested = accounts.audit(by: principal, origin: origin, at: now)
            .event(.exportRequested, on: "data_export", export.id)
        return try await accounts.database.transaction(.user(user), repetition: .allowed, receipt: receipt) { store in
            _ = try await accounts.lock(user, through: session, in: store, at: now)
            let known = try await store.dataExports.list(
                of: user, page: PageRequest(limit: PageRequest.limits.upperBound)
            ).items
            if let pending = known.first(where: { $0.status(at: now) == .pending }) { return pending }
            guard known.count(where: { $0.status(at: now) == .ready }) < Self.most else {
                throw AuthError.tooManyExports
            }
            try await store.dataExports.insert(export)
            try await store.jobs.enqueue(work)
            try await store.auditLog.record(requested)
            return export
        }
    }

    /// The person's exports, latest first.
    public func list(of principal: Principal, page: PageRequest) async throws -> Page<DataExport> {
        let user = try principal.requireHolder().userID
        return try await accounts.database.scoped(.user(user)).dataExports.list(of: user, page: page)
    }

    /// - Throws: ``AuthError/notFound``.
    public func find(_ id: ID<DataExport>, of principal: Principal) async throws -> DataExport {
        let user = try principal.requireHolder().userID
        guard let export = try await accounts.database.scoped(.user(user)).dataExports.find(id, of: user)
        else { throw AuthError.notFound }
        return export
    }

    /// Where the archive can be had, for a while; nil unless it is ready.
    public func link(to export: DataExport) async throws -> String? {
        let now = accounts.time.now()
        guard export.status(at: now) == .ready, let archive = export.archive else { return nil }
        let name = "\(accounts.configuration.productName)-\(archive.readyAt.description.prefix(10)).tar"
        return try await objects.url(
            for: ObjectGrant(
                key: archive.key, action: .read(fileName: name),
                expiresAt: min(now + Lifetimes.exportLink, archive.expiresAt)))
    }

    /// Makes an archive: what the job does. One that is made already, that nobody waits for any more, or that comes too late,
    /// is left alone.
    public func build(_ work: DataExportWork) async throws {
        let (store, begun) = (accounts.database.scoped(.system), accounts.time.now())
        guard let export = try await store.dataExports.find(work.exportID, of: work.userID),
            export.status(at: begun) == .pending, let user = try await store.users.find(work.userID),
            let type = Self.mediaType
        else { return }
        let version = HexDigits.encode(accounts.randomness.bytes(Self.versionBytes))
        guard let key = ObjectKey("\(Self.folder)/\(user.id)/\(version).tar") else { return }
        // Before the object is there, so that one goes of which nobody came to know.
        let end = begun + DataExport.longestWork + Lifetimes.exportArchive
        try await store.jobs.enqueue(
            Job(ObjectRemoval(key), id: .make(at: begun, randomness: accounts.randomness), runAt: end, at: begun))
        let picture = user.avatarURL.flatMap { AvatarOwner.user(user.id).key(in: $0) }
        let content = ExportArchive(
            sections: ExportSection.all(of: user, in: store),
            files: picture.map { [ExportFile(picture: $0, in: objects)] } ?? [], at: begun)
        do {
            let info = try await objects.put(key, content, type: type, limit: Self.largest)
            if try await !complete(export, key, size: info.size) { try await objects.remove(key) }
        } catch DatabaseError.outcomeUnknown {
            // It may be the archive by now.
            throw DatabaseError.outcomeUnknown
        } catch {
            // In a task that was cancelled nothing else would run any more.
            await Task { [objects] in try? await objects.remove(key) }.value
            throw error
        }
    }

    /// Notes that the archive is there, and tells its person.
    /// - Returns: False where the account was purged meanwhile, or another attempt was faster.
    private func complete(_ export: DataExport, _ key: ObjectKey, size: Int64) async throws -> Bool {
        let now = accounts.time.now()
        let archive = DataExport.Archive(
            key: key, size: size, readyAt: now, expiresAt: now + Lifetimes.exportArchive)
        return try await accounts.database.transaction(.system, repetition: .allowed) { store in
            // The account first, as everything that purges locks it.
            guard let (user, _) = try await store.users.findLocked(export.userID),
                try await store.dataExports.complete(export.id, with: archive)
            else { return false }
            let notice = accounts.notice(.exportReady, to: user, at: now)
            try await notice.send(mail: notice.mail(), in: store)
            return true
        }
    }

    /// Removes exports that are over, and their archives.
    public func removeOver() async throws {
        let (now, randomness) = (accounts.time.now(), accounts.randomness)
        try await accounts.database.transaction(.system, repetition: .allowed) { store in
            for export in try await store.dataExports.removeOver(before: now) {
                guard let key = export.archive?.key else { continue }
                try await store.jobs.enqueue(
                    Job(ObjectRemoval(key), id: .make(at: now, randomness: randomness), at: now))
            }
        }
    }
}
