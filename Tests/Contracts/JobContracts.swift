import Core
import Foundation
import Persistence
import Testing

extension Contracts {
    static let jobs: [Contract] = [
        Contract("a job is read as it was added") { context in
            let job = Job(
                id: context.makeID(), name: "mail.send",
                parameters: Array(#"{"to":"zo\u00e9","n":[1,2.5,null,true],"text":"\"\\\n💌"}"#.utf8),
                runAt: context.now + .minutes(1), uniqueKey: "mail:1", createdAt: context.now)
            #expect(try await context.system.jobs.enqueue(job))
            let read = try #require(
                try await context.system.jobs.list(name: "mail.send", page: PageRequest()).items.first)
            #expect(read.id == job.id)
            #expect(read.name == job.name)
            #expect(read.runAt == job.runAt)
            #expect(read.uniqueKey == job.uniqueKey)
            #expect(read.createdAt == job.createdAt)
            // The same JSON, which may be spelled differently.
            #expect(try parsed(read.parameters) == parsed(job.parameters))
        },
        Contract("jobs are listed by name, latest first, also over equal times") { context in
            var expected: [Job] = []
            for time in crowdedTimes(around: context.now) { expected.append(.sample(context, createdAt: time)) }
            for job in expected { #expect(try await context.system.jobs.enqueue(job)) }
            try await context.system.jobs.enqueue(.sample(context, name: "mail.bounce"))
            expected.sort { ($0.createdAt, $0.id) > ($1.createdAt, $1.id) }
            try await expectPages(of: expected.map(\.id)) { page in
                try await context.system.jobs.list(name: "mail.send", page: page).map(\.id)
            }
            try await expectPages(of: []) { page in
                try await context.system.jobs.list(name: "mail", page: page).map(\.id)
            }
        },
        Contract("a page holds at most a hundred") { context in
            let jobs = (0...PageRequest.limits.upperBound).map { number in
                Job.sample(context, createdAt: context.now - .seconds(number))
            }
            try await context.database.transaction(.system) { store in
                for job in jobs { try await store.jobs.enqueue(job) }
            }
            let first = try await context.system.jobs.list(name: "mail.send", page: PageRequest(limit: 1000))
            #expect(first.items.map(\.id) == jobs.dropLast().map(\.id))
            let second = try await context.system.jobs.list(name: "mail.send", page: PageRequest(after: first.next))
            #expect(second.items.map(\.id) == jobs.suffix(1).map(\.id))
            #expect(second.next == nil)
        },
        Contract("while a job with a key waits, another with it is not added") { context async throws in
            let jobs = context.system.jobs
            #expect(try await jobs.enqueue(.sample(context, uniqueKey: "a")))
            #expect(try await jobs.enqueue(.sample(context, uniqueKey: "a")) == false)
            #expect(try await jobs.enqueue(.sample(context, name: "mail.bounce", uniqueKey: "a")) == false)
            #expect(try await jobs.enqueue(.sample(context, uniqueKey: "b")))
            for _ in 0..<2 { #expect(try await jobs.enqueue(.sample(context))) }
            #expect(try await jobs.list(name: "mail.send", page: PageRequest()).items.count == 4)

            let added = await race(20) { _ in try await jobs.enqueue(.sample(context, uniqueKey: "c")) }
            #expect(try added.trues() == 1)
        },
        Contract("a job that is not added does not end its unit of work") { context in
            try await context.system.jobs.enqueue(.sample(context, uniqueKey: "a"))
            let user = try User.sample(context)
            try await context.database.transaction(.system) { store in
                #expect(try await store.jobs.enqueue(.sample(context, uniqueKey: "a")) == false)
                try await store.users.insert(user, passwordHash: nil)
            }
            #expect(try await context.system.users.find(user.id) == user)
        },
        Contract("the key of a job that was rolled back is free") { context async throws in
            await #expect(throws: Abandoned()) {
                try await context.database.transaction(.system) { store in
                    try await store.jobs.enqueue(.sample(context, uniqueKey: "a"))
                    throw Abandoned()
                }
            }
            #expect(try await context.system.jobs.list(name: "mail.send", page: PageRequest()).items.isEmpty)
            #expect(try await context.system.jobs.enqueue(.sample(context, uniqueKey: "a")))
        },
    ]

    private static func parsed(_ json: [UInt8]) throws -> NSDictionary? {
        try JSONSerialization.jsonObject(with: Data(json)) as? NSDictionary
    }
}
