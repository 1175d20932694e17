import API
import Auth
import Core
import Hummingbird

/// The archives of what is held about the own account.
struct ExportRoutes: Sendable {
    let exports: Exports
    let time: TimeSource

    func bind(to binder: inout Binder) throws {
        try binder.signedIn(ExportEndpoints.request, request)
        try binder.signedIn(ExportEndpoints.list, list)
        try binder.signedIn(ExportEndpoints.find, find)
    }

    @Sendable private func request(
        _ call: Call<Nothing, Nothing, Nothing>, _ principal: Principal
    ) async throws -> Reply<Accepted<ExportBody>> {
        let now = time.now()
        // Nothing to download yet.
        let shown: @Sendable (DataExport) -> Reply<Accepted<ExportBody>> = { export in
            Reply(Accepted(ExportBody(export, downloadURL: nil, at: now)))
        }
        return shown(try await exports.request(of: principal, origin: call.origin, receipt: call.receipt(shown)))
    }

    @Sendable private func list(
        _ call: Call<Nothing, ListQuery, Nothing>, _ principal: Principal
    ) async throws -> Reply<OK<List<ExportBody>>> {
        let page = try await exports.list(of: principal, page: call.query.pageRequest)
        var items: [ExportBody] = []
        for export in page.items { items.append(try await body(export)) }
        return Reply(OK(List(Page(items: items, next: page.next))))
    }

    @Sendable private func find(
        _ call: Call<ExportParameters, Nothing, Nothing>, _ principal: Principal
    ) async throws -> Reply<OK<ExportBody>> {
        Reply(OK(try await body(exports.find(call.parameters.id, of: principal))))
    }

    private func body(_ export: DataExport) async throws -> ExportBody {
        ExportBody(export, downloadURL: try await exports.link(to: export), at: time.now())
    }
}
