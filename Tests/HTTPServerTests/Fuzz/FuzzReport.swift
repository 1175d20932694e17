import HTTPTypes
import Synchronization

@testable import HTTPServer

/// What came of all requests.
final class FuzzReport: Sendable {
    private static let mostFailures = 20
    /// Bytes of a request that are shown.
    private static let shown = 700

    private struct State {
        var sent = 0
        var statuses: [Int: Int] = [:]
        var failures: [String] = []
    }

    private let state = Mutex(State())

    var sent: Int { state.withLock { $0.sent } }
    var statuses: [Int: Int] { state.withLock { $0.statuses } }
    var failures: [String] { state.withLock { $0.failures } }
    /// More would not tell more.
    var isFull: Bool { state.withLock { $0.failures.count >= Self.mostFailures } }

    /// Looks at the answers to requests that were sent together.
    /// - Returns: The answers.
    func check(
        _ reader: AnswerReader, _ bytes: [UInt8], of batch: [ReadableRequests.Generated], ending: RawConnection.Ending
    ) -> [WireAnswer] {
        let answers = reader.answers
        let next = batch[min(answers.count, batch.count - 1)].bytes
        let isOver = answers.last?.closes ?? false
        if let problem = reader.problem, !isOver { fail("not HTTP: \(problem)", next, bytes) }
        if ending == .timedOut { fail("no answer in time", next, bytes) }
        // Requests behind a connection's last are not answered.
        if ending == .closed, !isOver { fail("closed without a word, or within one", next, bytes) }
        if ending == .enough || isOver, !reader.isWhole(bytes) { fail("something follows the answers", next, bytes) }
        for (answer, request) in zip(answers, batch) { check(answer, to: request.bytes, isHead: request.isHead) }
        return answers
    }

    /// Looks at what came back for bytes that may have been anything.
    func check(
        _ bytes: [UInt8], ofBroken request: [UInt8], ending: RawConnection.Ending, mayBeCut: Bool
    ) {
        if ending == .timedOut { fail("neither answered nor closed in time", request, bytes) }
        guard let answers = Self.answers(in: bytes[...], mayBeCut: mayBeCut) else {
            return fail("not HTTP", request, bytes)
        }
        state.withLock { $0.sent += answers.isEmpty ? 1 : 0 }
        for (answer, isHead) in answers { check(answer, to: request, isHead: isHead) }
    }

    /// Damage may have made several requests of one, and HEAD of any.
    private static func answers(
        in bytes: ArraySlice<UInt8>, mayBeCut: Bool
    ) -> [(answer: WireAnswer, isHead: Bool)]? {
        if bytes.isEmpty { return [] }
        for isHead in [false, true] {
            guard let (answer, length) = try? WireAnswer.read(bytes, isToHead: isHead),
                let rest = answers(in: bytes.dropFirst(length), mayBeCut: mayBeCut)
            else { continue }
            return [(answer, isHead)] + rest
        }
        return mayBeCut ? [] : nil
    }

    private func check(_ answer: WireAnswer, to request: [UInt8], isHead: Bool) {
        state.withLock { state in
            state.sent += 1
            state.statuses[answer.status, default: 0] += 1
        }
        for field in SecurityHeaders.api where answer[field.name.canonicalName] != [field.value] {
            fail("\(field.name) is \(answer[field.name.canonicalName])", request, answer.body)
        }
        switch answer.status {
        case 200, 201, 202, 204, 304: return
        case 503 where !answer["retry-after"].isEmpty: return
        case 400..<500: break
        default: fail("status \(answer.status)", request, answer.body)
        }
        guard !isHead else { return }
        guard answer["content-type"] == ["application/problem+json"], let problem = answer.json,
            problem["status"] as? Int == answer.status, problem["code"] is String, problem["request_id"] is String
        else { return fail("\(answer.status) without a problem document", request, answer.body) }
    }

    private func fail(_ reason: String, _ request: [UInt8], _ answer: [UInt8]) {
        let texts = [request, answer].map { bytes in
            String(decoding: bytes.prefix(Self.shown), as: UTF8.self).debugDescription
        }
        state.withLock { $0.failures.append("\(reason)\nrequest: \(texts[0])\nanswer: \(texts[1])") }
    }
}
