import Core
import Fakes
import Persistence
import Testing

extension Contracts {
    static let dataExports: [Contract] = [
        Contract("an export is found by its person, and complete once") { context async throws in
            let (ada, grace) = (try await context.addUser(), try await context.addUser())
            let exports = context.system.dataExports
            let export = DataExport(id: context.makeID(), userID: ada.id, createdAt: context.now)
            try await context.store(of: ada).dataExports.insert(export)
            #expect(try await exports.find(export.id, of: ada.id) == export)
            #expect(try await exports.find(export.id, of: grace.id) == nil)
            let archive = try DataExport.Archive.sample(context)
            #expect(try await exports.complete(export.id, with: archive))
            #expect(try await exports.complete(export.id, with: archive) == false)
            #expect(try await exports.complete(context.makeID(), with: archive) == false)
            let done = DataExport(id: export.id, userID: ada.id, createdAt: context.now, archive: archive)
            #expect(try await exports.find(export.id, of: ada.id) == done)
        },
        Contract("exports are listed latest first, and removed with their person") { context async throws in
            let (ada, grace) = (try await context.addUser(), try await context.addUser())
            let exports = context.system.dataExports
            var written: [DataExport] = []
            for _ in 0..<5 {
                let export = DataExport(
                    id: context.makeID(), userID: ada.id, createdAt: context.now, archive: try .sample(context))
                try await exports.insert(export)
                written.insert(export, at: 0)
                context.time.advance(by: .seconds(1))
            }
            let other = DataExport(id: context.makeID(), userID: grace.id, createdAt: context.now)
            try await exports.insert(other)
            try await expectPages(of: written) { page in try await exports.list(of: ada.id, page: page) }
            #expect(Set(try await exports.removeAll(of: ada.id).map(\.id)) == Set(written.map(\.id)))
            #expect(try await exports.list(of: ada.id, page: PageRequest()).items.isEmpty)
            #expect(try await exports.list(of: grace.id, page: PageRequest()).items == [other])
        },
        Contract("what is over goes: archives past their time, and requests that nothing came of") {
            context async throws in
            let user = try await context.addUser()
            let exports = context.system.dataExports
            let start = context.now
            let pending = DataExport(id: context.makeID(), userID: user.id, createdAt: start)
            let ready = DataExport(
                id: context.makeID(), userID: user.id, createdAt: start,
                archive: try .sample(context, lifetime: .days(7)))
            for export in [pending, ready] { try await exports.insert(export) }
            #expect(try await exports.removeOver(before: start + .days(1)).isEmpty)
            #expect(try await exports.removeOver(before: start + .days(1) + .microseconds(1)) == [pending])
            #expect(try await exports.removeOver(before: start + .days(7)).isEmpty)
            #expect(try await exports.removeOver(before: start + .days(7) + .microseconds(1)) == [ready])
        },
        Contract("another person's exports are not there, and nobody completes or removes their own") {
            context async throws in
            let (ada, grace) = (try await context.addUser(), try await context.addUser())
            let export = DataExport(id: context.makeID(), userID: ada.id, createdAt: context.now)
            try await context.store(of: ada).dataExports.insert(export)
            let others = context.store(of: grace).dataExports
            #expect(try await others.find(export.id, of: ada.id) == nil)
            #expect(try await others.list(of: ada.id, page: PageRequest()).items.isEmpty)
            let foreign = DataExport(id: context.makeID(), userID: ada.id, createdAt: context.now)
            await #expect(throws: DatabaseError.unexpected(code: "42501")) { try await others.insert(foreign) }
            let archive = try DataExport.Archive.sample(context)
            for store in [context.store(of: ada), context.store(of: grace)] {
                await #expect(throws: DatabaseError.unexpected(code: "42501")) {
                    _ = try await store.dataExports.complete(export.id, with: archive)
                }
                await #expect(throws: DatabaseError.unexpected(code: "42501")) {
                    _ = try await store.dataExports.removeAll(of: ada.id)
                }
            }
            #expect(try await context.system.dataExports.find(export.id, of: ada.id) == export)
        },
    ]
}

extension DataExport.Archive {
    fileprivate static func sample(_ context: ContractContext, lifetime: Duration = .days(7)) throws -> Self {
        Self(
            key: try #require(ObjectKey("exports/\(HexDigits.encode(context.makeHash())).tar")), size: 10_240,
            readyAt: context.now, expiresAt: context.now + lifetime)
    }
}
