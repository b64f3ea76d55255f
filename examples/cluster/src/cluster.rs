//! Which engine scores, and the two kinds of process of a cluster.

use std::process::ExitCode;
use std::sync::Arc;

use ballista::prelude::{SessionConfigExt, SessionContextExt};
use ballista_core::error::BallistaError;
use ballista_core::registry::BallistaFunctionRegistry;
use ballista_core::utils::default_session_builder;
use ballista_executor::executor_process::{ExecutorProcessConfig, start_executor_process};
use ballista_scheduler::cluster::BallistaCluster;
use ballista_scheduler::config::SchedulerConfig;
use ballista_scheduler::scheduler_process::start_server;
use datafusion::error::Result;
use datafusion::execution::{FunctionRegistry, SessionState};
use datafusion::prelude::{SessionConfig, SessionContext};
use tokio::runtime::{Builder, Runtime};

use crate::args::{Executor, Scheduler};
use crate::common::run::tell;
use crate::folder::TILES_A_FILE;
use crate::logger;
use crate::udf::score_tile;

/// An executor says so often that it is there.
const HEARTBEAT_SECONDS: u64 = 5;
/// The scheduler looks so often for executors that are lost.
const LOOK_SECONDS: u64 = 5;
/// Plans are worked out by recursion, which takes more than the usual stack where it is not optimised.
const STACK: usize = 32 << 20;

pub(crate) enum Engine {
    Local,
    Standalone,
    /// The scheduler's host and port.
    Remote(String),
}

impl Engine {
    pub(crate) async fn context(&self) -> Result<SessionContext> {
        let context = match self {
            Self::Local => SessionContext::new_with_config(config()),
            Self::Standalone => SessionContext::standalone_with_state(state(config())?).await?,
            Self::Remote(address) => {
                let url = format!("df://{address}");
                SessionContext::remote_with_state(&url, state(config())?).await?
            }
        };
        // Here and not before: Ballista puts functions of its own in the place of the state's.
        context.register_udf(score_tile());
        Ok(context)
    }
}

/// One partition, so that the plan that reads, scores and writes a file is of one stage: nothing of it
/// is lost with the executor of another stage. And no batch of more than a file.
fn config() -> SessionConfig {
    SessionConfig::new_with_ballista()
        .with_target_partitions(1)
        .with_batch_size(TILES_A_FILE)
}

/// Ballista's state of a session, which knows our function too.
fn state(config: SessionConfig) -> Result<SessionState> {
    let mut state = default_session_builder(config)?;
    state.register_udf(Arc::new(score_tile()))?;
    Ok(state)
}

pub(crate) async fn scheduler(args: Scheduler) -> Result<(), BallistaError> {
    let config = SchedulerConfig {
        external_host: args.host,
        bind_host: args.bind.clone(),
        bind_port: args.port,
        executor_timeout_seconds: args.executor_timeout,
        expire_dead_executor_interval_seconds: LOOK_SECONDS,
        override_config_producer: Some(Arc::new(config)),
        override_session_builder: Some(Arc::new(state)),
        ..SchedulerConfig::default()
    };
    let address = format!("{}:{}", args.bind, args.port)
        .parse()
        .map_err(|_| BallistaError::General(format!("{} is no IP address", args.bind)))?;
    let cluster = BallistaCluster::new_from_config(&config).await?;
    start_server(cluster, address, Arc::new(config)).await
}

pub(crate) async fn executor(args: Executor) -> Result<(), BallistaError> {
    let Some((host, port)) = args.scheduler.rsplit_once(':') else {
        return Err(BallistaError::General(
            "--scheduler: expected a host and a port, as name:50050".to_owned(),
        ));
    };
    let port: u16 = port
        .parse()
        .map_err(|_| BallistaError::General(format!("--scheduler: {port} is no port")))?;
    let mut functions = BallistaFunctionRegistry::default();
    let ours = score_tile();
    functions
        .scalar_functions
        .insert(ours.name().to_owned(), Arc::new(ours));
    let work = tempfile::tempdir()?;
    let config = ExecutorProcessConfig {
        bind_host: args.bind,
        external_host: Some(args.host),
        port: args.port,
        grpc_port: args.port + 1,
        scheduler_host: host.to_owned(),
        scheduler_port: port,
        vcores: usize::from(args.tasks),
        work_dir: Some(work.path().to_string_lossy().into_owned()),
        executor_heartbeat_interval_seconds: HEARTBEAT_SECONDS,
        override_function_registry: Some(Arc::new(functions)),
        ..ExecutorProcessConfig::default()
    };
    start_executor_process(Arc::new(config)).await
}

pub(crate) fn runtime() -> std::io::Result<Runtime> {
    Builder::new_multi_thread()
        .enable_all()
        .thread_stack_size(STACK)
        .build()
}

/// Serves until it is stopped.
pub(crate) fn serve(service: impl Future<Output = Result<(), BallistaError>>) -> ExitCode {
    logger::start();
    let served = runtime()
        .map_err(BallistaError::from)
        .and_then(|runtime| runtime.block_on(service));
    match served {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tell(&format!("error: {error}"));
            ExitCode::from(4)
        }
    }
}
