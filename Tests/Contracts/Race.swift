/// Runs `body` `count` times at once.
/// - Returns: How each ended, in no order.
func race<Value: Sendable>(
    _ count: Int, _ body: @escaping @Sendable (Int) async throws -> Value
) async -> [Result<Value, any Error>] {
    let start = Gate()
    return await withTaskGroup(of: Result<Value, any Error>.self) { group in
        for number in 0..<count {
            group.addTask {
                await start.passed()
                do { return .success(try await body(number)) } catch { return .failure(error) }
            }
        }
        start.open()
        return await group.reduce(into: []) { $0.append($1) }
    }
}

extension [Result<Bool, any Error>] {
    /// How many were true.
    /// - Throws: What any of them threw.
    func trues() throws -> Int {
        try map { try $0.get() }.count { $0 }
    }
}
