import ProcessSupport
import Testing

/// Workers that are really killed: the short form of `make soak`.
@Suite(.timeLimit(.minutes(3)))
struct LostWorkersTests {
    @Test func `no job is lost with its worker, and no effect is there twice`() async throws {
        try await withTemporaryDirectory { directory in
            let (status, output) = try await ServerProgram.run(
                ["soak", "--jobs", "600", "--kills", "10", "--lease", "3"], of: "Benchmarks", in: directory)
            #expect(status == 0, "\(output)")
        }
    }
}
