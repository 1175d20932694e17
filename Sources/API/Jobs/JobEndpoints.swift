/// The jobs, for administrators.
public enum JobEndpoints {
    public static let list = Endpoint<Nothing, JobListQuery, Nothing, OK<List<JobBody>>>(
        .get, "/api/v1/admin/jobs", id: "listJobs", tag: "admin",
        summary: "Lists jobs, newest first, by state and name where given.", authentication: .superuser,
        errors: [.invalidCursor])

    public static let retry = Endpoint<JobPath, Nothing, Nothing, OK<JobBody>>(
        .post, "/api/v1/admin/jobs/{id}/retry", id: "retryJob", tag: "admin",
        summary: "Makes a parked or cancelled job available again.", authentication: .superuser,
        errors: [.reauthenticationRequired, .stateConflict])

    public static let cancel = Endpoint<JobPath, Nothing, Nothing, NoContent>(
        .delete, "/api/v1/admin/jobs/{id}", id: "cancelJob", tag: "admin", summary: "Takes back a job that waits.",
        authentication: .superuser, errors: [.reauthenticationRequired, .stateConflict]
    ) {
        $0.entityTag = .none
    }

    public static let all: [any DescribedEndpoint] = [list, retry, cancel]
}
